-- UUIDv7 (RFC 9562 §5.7) for rows that a statement makes by itself; others get theirs from the application.
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

-- Where alerts go.
CREATE TABLE channels (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  -- The `webhook` of a crawl is a channel of its own, for that crawl only; null for those that people see.
  crawl_id uuid REFERENCES crawls (id) ON DELETE CASCADE,
  type text NOT NULL CHECK (type IN ('webhook', 'email', 'slack', 'discord', 'telegram', 'ntfy', 'teams')),
  name text NOT NULL,
  -- What may be shown of where it goes; the rest is in `sealed` (src/flows/secrets/sealing.ts).
  config jsonb NOT NULL,
  sealed text,
  events text[] NOT NULL,
  template jsonb,
  quiet jsonb,
  muted_until timestamptz,
  enabled boolean NOT NULL DEFAULT true,
  -- Set by the platform: 410 Gone, or nothing but failures for five days.
  disabled_at timestamptz,
  disabled_reason text,
  -- The first failure since anything was taken.
  failing_since timestamptz,
  -- 429, 502 or 504: until then nothing is sent; doubled while they go on.
  hold_until timestamptz,
  slow_downs integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX channels_by_workspace ON channels (workspace_id, id DESC);
CREATE INDEX channels_by_crawl ON channels (crawl_id) WHERE crawl_id IS NOT NULL;

-- The outbox: what has happened, written in the transaction in which it happened. The id is the receiver's webhook-id.
CREATE TABLE events (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  type text NOT NULL,
  -- The crawl, monitor or channel that it happened to.
  subject_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  data jsonb NOT NULL
);
CREATE INDEX events_by_age ON events (at);

-- One event on its way to one channel.
CREATE TABLE deliveries (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  event_id uuid NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  channel_id uuid NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  -- failed: there will be another attempt. dead: there will be none, unless somebody asks for it.
  status text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed', 'dead')),
  -- Oldest first, the latest few of them: {at, status?, error?, durationMs, response?}.
  attempts jsonb NOT NULL DEFAULT '[]',
  -- Of the current round: a redelivery begins anew.
  tries integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  lease_id uuid,
  leased_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (event_id, channel_id)
);
CREATE INDEX deliveries_by_workspace ON deliveries (workspace_id, id DESC);
CREATE INDEX deliveries_by_channel ON deliveries (channel_id, id DESC);
CREATE INDEX deliveries_due ON deliveries (channel_id, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX deliveries_in_flight ON deliveries (channel_id, leased_until) WHERE leased_until IS NOT NULL;

-- Whether anybody would hear of it: asked before an event is put together that nobody may want.
CREATE FUNCTION is_heard(of_workspace uuid, event_type text, about uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM channels WHERE workspace_id = of_workspace AND enabled AND event_type = ANY (events)
    AND (crawl_id IS NULL OR crawl_id = about))
$$;

-- Writes an event and a delivery for each channel that listens, in the transaction of the caller, whose change it tells of.
-- Returns the deliveries, to be queued once that has committed; those that are not are found by the sweep.
-- Nothing is written where nobody listens. A channel that the platform has disabled gets dead letters, to be redelivered.
CREATE FUNCTION announce(of_workspace uuid, event_type text, about uuid, event_data jsonb, only_channels uuid[] DEFAULT NULL)
RETURNS SETOF uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  event uuid := uuid_v7();
BEGIN
  RETURN QUERY
  WITH listening AS (
    SELECT c.id, c.disabled_at IS NULL AS works FROM channels c
    WHERE c.workspace_id = of_workspace AND c.enabled
      AND (c.crawl_id IS NULL OR c.crawl_id = about)
      AND (only_channels IS NULL OR c.id = ANY (only_channels))
      AND (event_type = 'channel.test'
        OR (event_type = ANY (c.events) AND (c.muted_until IS NULL OR c.muted_until <= now())))
    -- A channel that is being deleted is waited for, instead of failing the change that is announced.
    FOR KEY SHARE
  ), written AS (
    INSERT INTO events (id, workspace_id, type, subject_id, data)
    SELECT event, of_workspace, event_type, about, event_data WHERE EXISTS (SELECT FROM listening)
  ), sent AS (
    INSERT INTO deliveries (id, workspace_id, event_id, channel_id, status, next_attempt_at)
    SELECT uuid_v7(), of_workspace, event, l.id, CASE WHEN l.works THEN 'pending' ELSE 'dead' END,
      CASE WHEN l.works THEN now() END
    FROM listening l
    RETURNING deliveries.id, deliveries.next_attempt_at
  )
  SELECT sent.id FROM sent WHERE sent.next_attempt_at IS NOT NULL;
END $$;
