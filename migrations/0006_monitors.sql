-- What is watched. All that a check decides on is one row: the claim on it is what makes a check count once.
CREATE TABLE monitors (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  name text NOT NULL,
  -- Canonical; what was typed is in the options.
  url text NOT NULL,
  -- As its owner said it, without secrets; those are in `sealed`.
  options jsonb NOT NULL,
  sealed text,
  tags text[] NOT NULL DEFAULT '{}',
  enabled boolean NOT NULL DEFAULT true,
  -- What the rules remember (src/domain/monitor/verdict); null before the first check, and after an edit of what is fetched.
  memory jsonb,
  -- Masks that the last check offered.
  suggested_masks jsonb NOT NULL DEFAULT '[]',
  -- What the last answer gave to ask with (RFC 9110 §8.8), and the first 16 bytes of SHA-256 of its body.
  etag text,
  last_modified text,
  body_key bytea,
  -- The snapshot that the next reading is compared with.
  snapshot_id uuid,
  -- Intervals that were seen, for adaptive schedules.
  history jsonb NOT NULL DEFAULT '[]',
  -- Null: not by itself (paused, or a schedule that is over).
  next_check_at timestamptz,
  next_check_why text NOT NULL DEFAULT '',
  expected_delay_ms bigint NOT NULL DEFAULT 0,
  -- The check that is under way, until when it may be, and when it began. Edits and pauses end it: what it finds is not kept.
  claim_id uuid,
  claimed_until timestamptz,
  begun_at timestamptz,
  last_check_at timestamptz,
  last_change_at timestamptz,
  last_verdict text,
  last_reason text,
  is_failing boolean NOT NULL DEFAULT false,
  failures integer NOT NULL DEFAULT 0,
  -- The first of the failures in a row.
  failing_since timestamptz,
  -- How late the last check began.
  late_ms bigint NOT NULL DEFAULT 0,
  -- For a site: the crawl that is under way, and the one whose pages are the base of the next.
  crawl_id uuid,
  base_crawl_id uuid,
  -- Opens its feed; shown to those who may read the monitor.
  feed_token text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX monitors_by_workspace ON monitors (workspace_id, id DESC);
CREATE INDEX monitors_due ON monitors (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE snapshots (
  id uuid PRIMARY KEY,
  monitor_id uuid NOT NULL REFERENCES monitors (id) ON DELETE CASCADE,
  at timestamptz NOT NULL,
  url text NOT NULL,
  content_type text,
  status integer NOT NULL,
  body_key bytea NOT NULL,
  bytes bigint NOT NULL,
  -- The object in the archive that holds the body as it was received.
  object text NOT NULL
);
CREATE INDEX snapshots_by_monitor ON snapshots (monitor_id, id DESC);

-- A check's id is that of the claim under which it ran.
CREATE TABLE checks (
  id uuid PRIMARY KEY,
  monitor_id uuid NOT NULL REFERENCES monitors (id) ON DELETE CASCADE,
  workspace_id uuid NOT NULL,
  at timestamptz NOT NULL,
  verdict text NOT NULL,
  reason text NOT NULL,
  -- Rules hit, masks, score, why it was suppressed.
  reasons jsonb NOT NULL,
  status integer,
  duration_ms integer NOT NULL,
  late_ms bigint NOT NULL,
  snapshot_id uuid
);
CREATE INDEX checks_by_monitor ON checks (monitor_id, id DESC);
CREATE INDEX checks_by_day ON checks (workspace_id, at);
CREATE INDEX checks_by_age ON checks (at);

CREATE TABLE changes (
  id uuid PRIMARY KEY,
  monitor_id uuid NOT NULL REFERENCES monitors (id) ON DELETE CASCADE,
  workspace_id uuid NOT NULL,
  check_id uuid NOT NULL,
  at timestamptz NOT NULL,
  summary jsonb NOT NULL,
  -- Blocks as they were compared, before and after, with fields: stays readable when its snapshots have had their time.
  diff jsonb NOT NULL,
  from_snapshot uuid,
  to_snapshot uuid
);
CREATE INDEX changes_by_monitor ON changes (monitor_id, id DESC);
