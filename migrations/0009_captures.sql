-- Screenshots: what a browser made of a page and only eyes can read. Their bytes lie in the archive, below their crawl or, of a
-- scrape, their workspace. A row comes before its object, so that there is no object that nothing leads to.
CREATE TABLE captures (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  crawl_id uuid REFERENCES crawls (id) ON DELETE CASCADE,
  content_type text NOT NULL,
  -- Null until the object is there.
  bytes bigint,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX captures_workspace ON captures (workspace_id);
CREATE INDEX captures_crawl ON captures (crawl_id) WHERE crawl_id IS NOT NULL;
-- Those that go by themselves.
CREATE INDEX captures_of_scrapes ON captures (created_at) WHERE crawl_id IS NULL;
