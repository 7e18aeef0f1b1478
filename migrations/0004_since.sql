-- What a later crawl of the site needs of a page, and what an incremental crawl says of its own: decision 0008.
ALTER TABLE pages
  -- The validators that the site gave (RFC 9110 §8.8), as received.
  ADD COLUMN etag text,
  ADD COLUMN last_modified text,
  -- new, changed or unchanged against the crawl named by `since`; null without one.
  ADD COLUMN change text,
  -- How much of the response range is a revisit record at its end; 0 where the page was fetched whole.
  ADD COLUMN revisit_length integer NOT NULL DEFAULT 0,
  -- 64 bits that differ little where main texts do; null where there are too few words to tell.
  ADD COLUMN simhash bigint;
CREATE INDEX pages_by_change ON pages (crawl_id, change, position) WHERE change IS NOT NULL;

-- Two fingerprints that differ in up to 3 bits agree in one of four bands of 16 (Manku et al. 2007, §3).
CREATE INDEX pages_by_simhash_1 ON pages (crawl_id, ((simhash >> 48) & 65535), position) WHERE simhash IS NOT NULL;
CREATE INDEX pages_by_simhash_2 ON pages (crawl_id, ((simhash >> 32) & 65535), position) WHERE simhash IS NOT NULL;
CREATE INDEX pages_by_simhash_3 ON pages (crawl_id, ((simhash >> 16) & 65535), position) WHERE simhash IS NOT NULL;
CREATE INDEX pages_by_simhash_4 ON pages (crawl_id, (simhash & 65535), position) WHERE simhash IS NOT NULL;

-- Pages against the crawl named by `since`, counted; written with the crawl's outcome.
ALTER TABLE crawls ADD COLUMN changes jsonb;

-- Pages of the base that an incremental crawl found gone. They are told from here: the base may be deleted.
CREATE TABLE gone_pages (
  crawl_id uuid NOT NULL REFERENCES crawls (id) ON DELETE CASCADE,
  -- Its place in the base.
  position bigint NOT NULL,
  url text NOT NULL,
  title text,
  -- When it was last recorded.
  last_seen_at timestamptz NOT NULL,
  reason text NOT NULL,
  status integer,
  PRIMARY KEY (crawl_id, position)
);
