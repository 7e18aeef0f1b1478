-- What a workspace used on each day (UTC). Counted in the statement that records a page, so exactly once, and kept when its crawl is deleted.
CREATE TABLE usage_days (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  day date NOT NULL,
  pages bigint NOT NULL DEFAULT 0,
  renders bigint NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  checks bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, day)
);

-- What is known of the days before.
INSERT INTO usage_days (workspace_id, day, pages, renders, bytes)
SELECT crawl.workspace_id, (page.fetched_at AT TIME ZONE 'UTC')::date, count(*),
  count(*) FILTER (WHERE page.document ->> 'rendered' = 'true'), sum(page.response_length::bigint + page.conversion_length)
FROM crawls crawl JOIN pages page ON page.crawl_id = crawl.id
GROUP BY 1, 2;
