import { and, asc, count, eq, gt, isNotNull, sql } from 'drizzle-orm'
import type { Change } from '../../domain/crawl/change.ts'
import type { Database } from './database.ts'
import { type GonePageRow, gonePages, pages } from './tables.ts'

/** A page of the base that the later crawl has not recorded. */
export interface MissingPage {
  position: number
  url: string
  title: string | null
  lastSeenAt: Date
}

/** Pages of `baseId` whose URLs `crawlId` has not recorded, in the base's order. */
export function missingPages(
  db: Database,
  { crawlId, baseId }: { crawlId: string; baseId: string },
  page: { after: number; limit: number },
): Promise<MissingPage[]> {
  const recorded = sql`EXISTS (SELECT 1 FROM pages later WHERE later.crawl_id = ${crawlId} AND later.url_key = ${pages.urlKey})`
  return db
    .select({
      position: pages.position,
      url: pages.url,
      title: sql<string | null>`${pages.document} ->> 'title'`,
      lastSeenAt: pages.fetchedAt,
    })
    .from(pages)
    .where(and(eq(pages.crawlId, baseId), gt(pages.position, page.after), sql`NOT ${recorded}`))
    .orderBy(asc(pages.position))
    .limit(page.limit)
}

/** Writing them again changes nothing. */
export async function insertGonePages(db: Database, rows: GonePageRow[]): Promise<void> {
  if (rows.length > 0) await db.insert(gonePages).values(rows).onConflictDoNothing()
}

export function listGonePages(
  db: Database,
  crawlId: string,
  page: { after: number; limit: number },
): Promise<GonePageRow[]> {
  return db
    .select()
    .from(gonePages)
    .where(and(eq(gonePages.crawlId, crawlId), gt(gonePages.position, page.after)))
    .orderBy(asc(gonePages.position))
    .limit(page.limit)
}

/** The crawl's pages by what they are to its base. */
export async function countChanges(db: Database, crawlId: string): Promise<Record<Change, number>> {
  const groups = await db
    .select({ change: pages.change, count: count() })
    .from(pages)
    .where(and(eq(pages.crawlId, crawlId), isNotNull(pages.change)))
    .groupBy(pages.change)
  const counts = { new: 0, changed: 0, unchanged: 0 }
  for (const group of groups) if (group.change !== null) counts[group.change] = group.count
  return counts
}
