-- A watched site is looked at by crawls of its monitor. Without a foreign key: what a deleted monitor leaves is swept,
-- with its archive, by the application.
ALTER TABLE crawls ADD COLUMN monitor_id uuid;
CREATE INDEX crawls_by_monitor ON crawls (monitor_id) WHERE monitor_id IS NOT NULL;
CREATE INDEX monitors_by_crawl ON monitors (crawl_id) WHERE crawl_id IS NOT NULL;

ALTER TABLE monitors
  -- What is remembered of a site beside its base (src/domain/monitor/site).
  ADD COLUMN site_memory jsonb,
  -- From which lateness of a check on somebody is told; null: from none. Told once until a check has been made.
  ADD COLUMN late_after_ms bigint,
  ADD COLUMN late_told_at timestamptz,
  -- Changes an hour, as its history has it.
  ADD COLUMN change_rate double precision;
CREATE INDEX monitors_that_may_be_late ON monitors (next_check_at) WHERE late_after_ms IS NOT NULL AND late_told_at IS NULL;

-- Who has seen a change, and when: a person or a key, as in audit_events.
ALTER TABLE changes
  ADD COLUMN acknowledged_at timestamptz,
  ADD COLUMN acknowledged_by uuid;
CREATE INDEX changes_by_workspace ON changes (workspace_id, id DESC);
CREATE INDEX changes_unacknowledged ON changes (workspace_id, id DESC) WHERE acknowledged_at IS NULL;

-- What holds for all monitors of a workspace (tag ''), or for those with a tag.
CREATE TABLE monitor_settings (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  tag text NOT NULL,
  ignore jsonb NOT NULL DEFAULT '[]',
  channels uuid[] NOT NULL DEFAULT '{}',
  muted_until timestamptz,
  -- Of a workspace: what its adaptive monitors share, and what a check costs them for that. Kept up by the sweep.
  checks_per_day double precision,
  check_price double precision,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, tag)
);

-- Whoever hears of all that monitors find hears of this, too.
UPDATE channels SET events = events || '{monitor.late,monitor.digest}'
WHERE events @> '{monitor.changed,monitor.failing,monitor.recovered}';

-- When a channel wants to hear of what monitors find in one message.
ALTER TABLE channels
  ADD COLUMN digest jsonb,
  ADD COLUMN next_digest_at timestamptz;
CREATE INDEX channels_by_digest ON channels (next_digest_at) WHERE next_digest_at IS NOT NULL;

-- What waits for a channel's next digest. It becomes an event of its own, with an id of its own.
CREATE TABLE digest_entries (
  channel_id uuid NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  event_id uuid NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  PRIMARY KEY (channel_id, event_id)
);
CREATE INDEX digest_entries_by_event ON digest_entries (event_id);

-- As before (0005); but for a channel with a digest, what monitors find is written down for that instead of delivered.
CREATE OR REPLACE FUNCTION announce(of_workspace uuid, event_type text, about uuid, event_data jsonb, only_channels uuid[] DEFAULT NULL)
RETURNS SETOF uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  event uuid := uuid_v7();
BEGIN
  RETURN QUERY
  WITH listening AS (
    SELECT c.id, c.disabled_at IS NULL AS works,
      c.digest IS NOT NULL AND event_type LIKE 'monitor.%' AND event_type <> 'monitor.digest' AS waits
    FROM channels c
    WHERE c.workspace_id = of_workspace AND c.enabled
      AND (c.crawl_id IS NULL OR c.crawl_id = about)
      AND (only_channels IS NULL OR c.id = ANY (only_channels))
      AND (event_type IN ('channel.test', 'monitor.digest')
        OR (event_type = ANY (c.events) AND (c.muted_until IS NULL OR c.muted_until <= now())))
    -- A channel that is being deleted is waited for, instead of failing the change that is announced.
    FOR KEY SHARE
  ), written AS (
    INSERT INTO events (id, workspace_id, type, subject_id, data)
    SELECT event, of_workspace, event_type, about, event_data WHERE EXISTS (SELECT FROM listening)
  ), gathered AS (
    INSERT INTO digest_entries (channel_id, event_id) SELECT l.id, event FROM listening l WHERE l.waits
  ), sent AS (
    INSERT INTO deliveries (id, workspace_id, event_id, channel_id, status, next_attempt_at)
    SELECT uuid_v7(), of_workspace, event, l.id, CASE WHEN l.works THEN 'pending' ELSE 'dead' END,
      CASE WHEN l.works THEN now() END
    FROM listening l WHERE NOT l.waits
    RETURNING deliveries.id, deliveries.next_attempt_at
  )
  SELECT sent.id FROM sent WHERE sent.next_attempt_at IS NOT NULL;
END $$;
