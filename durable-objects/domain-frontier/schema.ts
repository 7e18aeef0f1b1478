/**
 * Steps of the DomainFrontier's SQLite, applied in order; the position in the list is the version. Never edit a step.
 * One URL costs a row and two index entries: the unique key and, while it waits for its turn, the queue.
 */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE crawl (
    id INTEGER PRIMARY KEY,
    crawl_id TEXT NOT NULL UNIQUE,
    brief TEXT NOT NULL,
    closed TEXT,
    seed_failure TEXT,
    granted INTEGER NOT NULL DEFAULT 0,
    in_flight INTEGER NOT NULL DEFAULT 0,
    fetched INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    duplicate INTEGER NOT NULL DEFAULT 0,
    queued INTEGER NOT NULL DEFAULT 0,
    sitemaps_pending INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER NOT NULL DEFAULT 0,
    dirty INTEGER NOT NULL DEFAULT 1,
    announced_active INTEGER NOT NULL DEFAULT 0,
    served_at INTEGER NOT NULL DEFAULT 0,
    admitted_at INTEGER NOT NULL
  );

  CREATE TABLE origin (
    id INTEGER PRIMARY KEY,
    origin TEXT NOT NULL UNIQUE,
    pace TEXT NOT NULL,
    robots TEXT,
    robots_fetched_at INTEGER NOT NULL DEFAULT 0,
    robots_attempts INTEGER NOT NULL DEFAULT 0,
    robots_retry_at INTEGER NOT NULL DEFAULT 0,
    robots_lease_until INTEGER NOT NULL DEFAULT 0
  );

  -- A crawl's standing on one origin: how much waits there.
  CREATE TABLE lane (
    crawl INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    queued INTEGER NOT NULL DEFAULT 0,
    sitemaps TEXT NOT NULL DEFAULT 'none',
    PRIMARY KEY (crawl, origin)
  ) WITHOUT ROWID;

  CREATE TABLE url (
    id INTEGER PRIMARY KEY,
    crawl INTEGER NOT NULL,
    key BLOB NOT NULL,
    origin INTEGER NOT NULL,
    url TEXT NOT NULL,
    sitemap INTEGER NOT NULL DEFAULT 0,
    depth INTEGER NOT NULL,
    state INTEGER NOT NULL,
    reason TEXT,
    status INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    slow_downs INTEGER NOT NULL DEFAULT 0,
    -- Leases that expired over this URL. From the first on it keeps its permit: a page may have been recorded unheard.
    lost INTEGER NOT NULL DEFAULT 0,
    retry_at INTEGER,
    lease INTEGER,
    -- The id of the URL that led here, or that URL itself when another frontier knows it.
    discovered_from NUMERIC,
    redirects TEXT
  );
  CREATE UNIQUE INDEX url_key ON url (crawl, key);
  CREATE INDEX url_queue ON url (crawl, origin, sitemap DESC, depth, id) WHERE state = 0;
  CREATE INDEX url_waiting ON url (retry_at) WHERE state = 1;
  CREATE INDEX url_leased ON url (lease) WHERE lease IS NOT NULL;

  CREATE TABLE lease (
    id INTEGER PRIMARY KEY,
    lease_id TEXT NOT NULL UNIQUE,
    crawl INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    gap_ms INTEGER NOT NULL,
    concurrency INTEGER NOT NULL,
    claimed INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER NOT NULL
  );
  CREATE INDEX lease_expiry ON lease (expires_at);
  `,
  `
  -- Families of URLs that may grow without end, counted.
  CREATE TABLE trap (
    crawl INTEGER NOT NULL,
    pattern TEXT NOT NULL,
    taken INTEGER NOT NULL,
    PRIMARY KEY (crawl, pattern)
  ) WITHOUT ROWID;
  `,
  `ALTER TABLE crawl ADD COLUMN paused INTEGER NOT NULL DEFAULT 0`,
  `
  -- What browsers have brought on each host: renders in a row that showed nothing more.
  CREATE TABLE render_record (
    host TEXT PRIMARY KEY,
    in_vain INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
]
