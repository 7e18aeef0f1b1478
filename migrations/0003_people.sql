-- A sign-in of a browser: its cookie stands for a family of its own, which therefore has no refresh tokens.
CREATE TABLE browser_sessions (
  token_sha256 bytea PRIMARY KEY,
  family_id uuid NOT NULL REFERENCES refresh_families (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX browser_sessions_by_family ON browser_sessions (family_id);
CREATE INDEX browser_sessions_by_expiry ON browser_sessions (expires_at);

-- A token that was used is deleted, and with it the others of its person.
CREATE TABLE password_resets (
  token_sha256 bytea PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);
CREATE INDEX password_resets_by_user ON password_resets (user_id);
CREATE INDEX password_resets_by_expiry ON password_resets (expires_at);

-- Open ones only: accepted, revoked and expired ones are deleted; the audit log remembers.
CREATE TABLE invitations (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  email text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
  token_sha256 bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  UNIQUE (workspace_id, email)
);
CREATE INDEX invitations_by_email ON invitations (email);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);

-- Who did what to whose, from where, when. People are named by id only: once they are erased, the id is a pseudonym.
-- Without a foreign key on the workspace: what was done to it outlives it, until it is 90 days old.
CREATE TABLE audit_events (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  action text NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'key')),
  actor_id uuid NOT NULL,
  target_kind text NOT NULL,
  target_id uuid NOT NULL,
  address text,
  user_agent text
);
CREATE INDEX audit_events_by_workspace ON audit_events (workspace_id, id DESC);
CREATE INDEX audit_events_by_actor ON audit_events (actor_id);
CREATE INDEX audit_events_by_age ON audit_events (at);

-- Append-only, whoever asks: all that may change is that the trail of an erased person goes cold.
CREATE FUNCTION audit_events_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.at < now() - interval '90 days' THEN RETURN OLD; END IF;
  ELSIF NEW.address IS NULL AND NEW.user_agent IS NULL
    AND (NEW.id, NEW.workspace_id, NEW.at, NEW.action, NEW.actor_kind, NEW.actor_id, NEW.target_kind, NEW.target_id)
      = (OLD.id, OLD.workspace_id, OLD.at, OLD.action, OLD.actor_kind, OLD.actor_id, OLD.target_kind, OLD.target_id)
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit events are append-only';
END $$;
CREATE TRIGGER audit_events_stay BEFORE UPDATE OR DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_events_stay();
