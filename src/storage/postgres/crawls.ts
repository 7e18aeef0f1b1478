import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { CrawlOptions } from '../../contracts/api/crawl.ts'
import type { Changes } from '../../domain/crawl/change.ts'
import { type CrawlCounts, type CrawlFailure, type CrawlStatus, NO_COUNTS } from '../../domain/crawl/crawl-status.ts'
import type { Database } from './database.ts'
import { type CrawlRow, crawls } from './tables.ts'

export interface NewCrawl {
  id: string
  workspaceId: string
  /** Whose look at a site it is; null for those that people start. */
  monitorId: string | null
  url: string
  homeDomain: string
  options: CrawlOptions
  createdAt: Date
}

export async function insertCrawl(db: Database, crawl: NewCrawl): Promise<CrawlRow> {
  const [row] = await db
    .insert(crawls)
    .values({
      ...crawl,
      name: crawl.options.name ?? null,
      status: 'queued',
      counts: NO_COUNTS,
      bytes: 0,
      nextPosition: 0,
    })
    .returning()
  if (!row) throw new Error(`crawl ${crawl.id} was not inserted`)
  return row
}

/** A crawl of the workspace; another workspace's is as absent as one that never was. */
export async function findCrawl(db: Database, workspaceId: string, id: string): Promise<CrawlRow | undefined> {
  const [row] = await db
    .select()
    .from(crawls)
    .where(and(eq(crawls.id, id), eq(crawls.workspaceId, workspaceId)))
  return row
}

/** A crawl of whatever workspace, for what the platform does by itself. */
export async function findAnyCrawl(db: Database, id: string): Promise<CrawlRow | undefined> {
  const [row] = await db.select().from(crawls).where(eq(crawls.id, id))
  return row
}

/** Newest first; ids are UUIDv7, so their order is the order of creation. */
export function listCrawls(
  db: Database,
  workspaceId: string,
  page: { before?: string; limit: number },
): Promise<CrawlRow[]> {
  const from = page.before === undefined ? undefined : lt(crawls.id, page.before)
  return db
    .select()
    .from(crawls)
    .where(and(eq(crawls.workspaceId, workspaceId), from))
    .orderBy(desc(crawls.id))
    .limit(page.limit)
}

export async function markRunning(db: Database, id: string): Promise<void> {
  await db
    .update(crawls)
    .set({ status: 'running' })
    .where(and(eq(crawls.id, id), eq(crawls.status, 'queued')))
}

export interface CrawlOutcome {
  status: CrawlStatus
  counts: CrawlCounts
  bytes: number
  error: CrawlFailure | null
  changes: Changes | null
  startedAt: Date | null
  finishedAt: Date | null
}

/**
 * Writes a crawl's final numbers, once only, and drops its credentials: nothing will be fetched for it any more. Undefined
 * where they were written before.
 */
export async function finishCrawlRow(db: Database, id: string, outcome: CrawlOutcome): Promise<CrawlRow | undefined> {
  const [row] = await db
    .update(crawls)
    .set({ ...outcome, options: sql`${crawls.options} - 'sealed'` })
    .where(and(eq(crawls.id, id), isNull(crawls.finishedAt)))
    .returning()
  return row
}

export async function deleteCrawlRow(db: Database, id: string): Promise<void> {
  await db.delete(crawls).where(eq(crawls.id, id))
}

/** Crawls that were accepted but never seeded: the process ended in between. */
export function unseededCrawls(db: Database, olderThanSeconds: number): Promise<CrawlRow[]> {
  return db
    .select()
    .from(crawls)
    .where(
      and(eq(crawls.status, 'queued'), lt(crawls.createdAt, sql`now() - make_interval(secs => ${olderThanSeconds})`)),
    )
    .limit(100)
}
