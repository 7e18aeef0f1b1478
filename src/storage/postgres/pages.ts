import { and, asc, eq, getTableColumns, gt, inArray, sql } from 'drizzle-orm'
import type { Change } from '../../domain/crawl/change.ts'
import type { SegmentRange } from '../../domain/archive/segment-range.ts'
import type { Database } from './database.ts'
import { announced } from './outbox.ts'
import { NEAR_DUPLICATE_OF } from './near-duplicate-of.ts'
import { type PageRow, type StoredDocument, pages } from './tables.ts'

export interface PageToRecord {
  /** Hex. */
  urlKey: string
  bodyKey: string | null
  document: StoredDocument
  segment: string
  response: SegmentRange
  revisitLength: number
  conversion: SegmentRange
  etag: string | null
  lastModified: string | null
  simhash: bigint | null
}

export interface RecordedPages {
  fresh: Set<string>
  /** Deliveries, for `sendSoon`. */
  announced: string[]
}

const PAGE_NEWS = (crawlId: string) =>
  announced({
    workspaceId: sql`place.workspace_id`,
    type: 'crawl.page',
    subjectId: crawlId,
    data: sql`jsonb_build_object('crawlId', ${crawlId}::text, 'page', recorded.document)`,
  })
/** What `recorded` has of the workspace's use of today. */
const COUNT_RECORDED = sql`
  INSERT INTO usage_days AS held (workspace_id, day, pages, renders, bytes)
  SELECT place.workspace_id, (now() AT TIME ZONE 'UTC')::date, count(*), count(*) FILTER (WHERE rendered), sum(recorded.bytes)
  FROM place, recorded GROUP BY place.workspace_id
  ON CONFLICT (workspace_id, day) DO UPDATE SET pages = held.pages + excluded.pages,
    renders = held.renders + excluded.renders, bytes = held.bytes + excluded.bytes`

/**
 * Records pages in one statement, which also announces them, and returns the keys of those that are now recorded for the
 * first time. A page is recorded once per crawl and per body. Null: nothing was recorded, because the crawl is gone or `notAfter` is past and
 * the lease may be somebody else's. The crawl's row lock puts concurrent batches in one order, so a reader who follows
 * positions misses nothing. What is recorded counts as the workspace's use of today.
 */
export async function recordPages(
  db: Database,
  crawlId: string,
  batch: PageToRecord[],
  notAfter: Date,
): Promise<RecordedPages | null> {
  const rows = batch.map((page, index) => ({
    ord: index,
    url_key: page.urlKey,
    body_key: page.bodyKey,
    document: page.document,
    segment: page.segment,
    response_offset: page.response.offset,
    response_length: page.response.length,
    conversion_offset: page.conversion.offset,
    conversion_length: page.conversion.length,
    revisit_length: page.revisitLength,
    etag: page.etag,
    last_modified: page.lastModified,
    // JSON has no 64-bit integers; PostgreSQL reads one from a string.
    simhash: page.simhash?.toString() ?? null,
  }))
  const recorded = await db.execute<{ fresh: string[]; announced: string[] }>(sql`
    WITH place AS (
      UPDATE crawls SET next_position = next_position + ${batch.length}
      WHERE id = ${crawlId} AND now() < ${notAfter.toISOString()}::timestamptz
      RETURNING next_position - ${batch.length} AS first, workspace_id, monitor_id
    ), recorded AS (
      INSERT INTO pages (crawl_id, position, url_key, body_key, url, status, fetched_at, document, segment,
        response_offset, response_length, conversion_offset, conversion_length, revisit_length, etag, last_modified, change,
        simhash)
      SELECT ${crawlId}, place.first + row.ord, decode(row.url_key, 'hex'), decode(row.body_key, 'hex'), row.document ->> 'url',
        (row.document ->> 'status')::integer, (row.document ->> 'fetchedAt')::timestamptz, row.document, row.segment,
        row.response_offset, row.response_length, row.conversion_offset, row.conversion_length, row.revisit_length, row.etag,
        row.last_modified, row.document ->> 'change', row.simhash
      FROM place, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row(ord bigint, url_key text, body_key text, document jsonb,
        segment text, response_offset bigint, response_length integer, conversion_offset bigint, conversion_length integer,
        revisit_length integer, etag text, last_modified text, simhash bigint)
      ORDER BY row.ord
      ON CONFLICT DO NOTHING
      RETURNING encode(url_key, 'hex') AS url_key, position, document, response_length::bigint + conversion_length AS bytes,
        document ->> 'rendered' = 'true' AS rendered
    ), counted AS (${COUNT_RECORDED})
    SELECT array(SELECT url_key FROM recorded) AS fresh,
      array(SELECT ${PAGE_NEWS(crawlId)} FROM (SELECT * FROM recorded ORDER BY position) recorded
        WHERE (SELECT monitor_id IS NULL AND is_heard(workspace_id, 'crawl.page', ${crawlId}) FROM place)) AS announced
    FROM place`)
  const [taken] = recorded.rows
  return taken ? { fresh: new Set(taken.fresh), announced: taken.announced } : null
}

/** Pages of the crawl that are recorded under any of these URL keys. */
export function findRecorded(db: Database, crawlId: string, urlKeys: string[]): Promise<PageRow[]> {
  if (urlKeys.length === 0) return Promise.resolve([])
  return db
    .select()
    .from(pages)
    .where(and(eq(pages.crawlId, crawlId), inArray(pages.urlKey, urlKeys)))
}

/** A page, and the earlier page of its crawl that it nearly copies. */
export interface ListedPage extends PageRow {
  nearDuplicateOf: string | null
}

/** In recorded order; `change` narrows to pages that are this to the crawl's base. */
export function listPages(
  db: Database,
  crawlId: string,
  page: { after: number; limit: number; change?: Change },
): Promise<ListedPage[]> {
  const narrowed = page.change === undefined ? undefined : eq(pages.change, page.change)
  return db
    .select({ ...getTableColumns(pages), nearDuplicateOf: NEAR_DUPLICATE_OF })
    .from(pages)
    .where(and(eq(pages.crawlId, crawlId), gt(pages.position, page.after), narrowed))
    .orderBy(asc(pages.position))
    .limit(page.limit)
}
