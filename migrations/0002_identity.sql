-- People. An e-mail is kept as it is compared: trimmed and in lower case.
CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text,
  -- scrypt with its parameters and salt: see src/flows/identity/password-hash.ts.
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE memberships (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, user_id)
);
CREATE INDEX memberships_by_user ON memberships (user_id);

-- One sign-in: a family of refresh tokens, each of which replaces the one before.
CREATE TABLE refresh_families (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  workspace_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  -- Whoever leaves a workspace is signed out of it.
  FOREIGN KEY (workspace_id, user_id) REFERENCES memberships (workspace_id, user_id) ON DELETE CASCADE
);
CREATE INDEX refresh_families_by_member ON refresh_families (workspace_id, user_id);

-- Used tokens stay until they expire: one that comes again has been stolen, before or after.
CREATE TABLE refresh_tokens (
  token_sha256 bytea PRIMARY KEY,
  family_id uuid NOT NULL REFERENCES refresh_families (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

-- Failed logins of an account or an address since a moment; the subject is hashed, so that nobody can be read from it.
CREATE TABLE login_attempts (
  subject_sha256 bytea PRIMARY KEY,
  count integer NOT NULL,
  since timestamptz NOT NULL
);
CREATE INDEX login_attempts_by_age ON login_attempts (since);

-- Where people have signed in before: a stranger who guesses passwords elsewhere can't lock them out from there.
CREATE TABLE known_addresses (
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  address_sha256 bytea NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, address_sha256)
);
CREATE INDEX known_addresses_by_age ON known_addresses (seen_at);

-- A rotated key goes on until the overlap is over; this is what took its place.
ALTER TABLE api_keys ADD COLUMN replaced_by uuid REFERENCES api_keys (id) ON DELETE SET NULL;
