-- Workspaces own everything. Ids are UUIDv7, made by the application.
CREATE TABLE workspaces (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Keys are kept as hashes only; the prefix is what people recognise them by.
CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  name text NOT NULL,
  prefix text NOT NULL,
  key_sha256 bytea NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

CREATE TABLE crawls (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  name text,
  url text NOT NULL,
  status text NOT NULL,
  options jsonb NOT NULL,
  -- Where the crawl began: the frontier that also keeps what was refused.
  home_domain text NOT NULL,
  -- Final once the crawl has ended; until then its ledger knows better.
  counts jsonb NOT NULL,
  bytes bigint NOT NULL DEFAULT 0,
  error jsonb,
  -- The position that the next recorded page takes; its row lock puts the crawl's inserts in one order.
  next_position bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz
);
CREATE INDEX crawls_by_workspace ON crawls (workspace_id, id DESC);

CREATE TABLE pages (
  crawl_id uuid NOT NULL REFERENCES crawls (id) ON DELETE CASCADE,
  -- Order of recording; gaps mean nothing.
  position bigint NOT NULL,
  -- First 16 bytes of SHA-256: of the canonical URL, and of the body (null where equal bodies mean nothing).
  url_key bytea NOT NULL,
  body_key bytea,
  url text NOT NULL,
  status integer NOT NULL,
  fetched_at timestamptz NOT NULL,
  -- The Document without its bulky formats.
  document jsonb NOT NULL,
  -- Where the bytes lie: one segment object, byte ranges of single gzip members in it.
  segment text NOT NULL,
  response_offset bigint NOT NULL,
  response_length integer NOT NULL,
  conversion_offset bigint NOT NULL,
  conversion_length integer NOT NULL,
  PRIMARY KEY (crawl_id, position)
);
CREATE UNIQUE INDEX pages_by_url ON pages (crawl_id, url_key);
CREATE UNIQUE INDEX pages_by_body ON pages (crawl_id, body_key) WHERE body_key IS NOT NULL;

-- Answers kept for 24 hours, so that a repeated POST creates nothing twice.
CREATE TABLE idempotency_keys (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  key text NOT NULL,
  request_sha256 bytea NOT NULL,
  -- Null while the first request is still at work.
  answer jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
