/** Steps of the CrawlLedger's SQLite, applied in order. Never edit a step. */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE crawl (
    brief TEXT NOT NULL,
    seeded INTEGER NOT NULL DEFAULT 0,
    cancelled INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER,
    finished_at INTEGER,
    status TEXT NOT NULL DEFAULT 'queued',
    error TEXT,
    announced INTEGER NOT NULL DEFAULT 0
  );

  -- One row per frontier: its latest word, and the permits it holds.
  CREATE TABLE frontier (
    id INTEGER PRIMARY KEY,
    domain TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL,
    counts TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    granted INTEGER NOT NULL,
    wants INTEGER NOT NULL,
    idle INTEGER NOT NULL,
    seed_failure TEXT
  );
  `,
  // The number of the latest event: kept, so that a subscriber's place outlives a restart.
  `ALTER TABLE crawl ADD COLUMN event INTEGER NOT NULL DEFAULT 0`,
  // The login session of a crawl whose site has one; its cookies are sealed.
  `ALTER TABLE crawl ADD COLUMN session TEXT`,
  `ALTER TABLE crawl ADD COLUMN paused INTEGER NOT NULL DEFAULT 0`,
  // What a frontier waits for, as JSON; null while it gets on.
  `ALTER TABLE frontier ADD COLUMN waiting TEXT`,
]
