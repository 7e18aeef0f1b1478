import type { CrawlProgress } from '../../contracts/ledger.ts'
import { type Changes, goneAs } from '../../domain/crawl/change.ts'
import { type CrawlExtent, sawWholeSite } from '../../domain/crawl/whole-site.ts'
import { countChanges, insertGonePages, missingPages } from '../../storage/postgres/gone-pages.ts'
import type { CrawlRow, GonePageRow } from '../../storage/postgres/tables.ts'
import type { Platform } from '../platform.ts'
import { knownUrls } from './known-urls.ts'

/** Pages of the base judged at a time: one query, and a call for each domain among them. */
const PAGES_AT_A_TIME = 1_000

/** How the pages of a crawl stand to its base so far; null without one. */
export async function changesSoFar(platform: Platform, row: CrawlRow): Promise<Changes | null> {
  if (row.options.since === undefined) return null
  return { ...(await countChanges(await platform.database(), row.id)), gone: null, unchecked: null }
}

/** Draws the comparison of a crawl that has ended, and keeps what is gone. Doing it again changes nothing. */
export async function compareCrawl(
  platform: Platform,
  row: CrawlRow,
  progress: CrawlProgress,
): Promise<Changes | null> {
  const { since } = row.options
  if (since === undefined) return null
  const db = await platform.database()
  const domains = await platform.ledger(row.id).domains()
  const sawAll = sawWholeSite(extentOf(row, progress))
  const counts = { ...(await countChanges(db, row.id)), gone: 0, unchecked: 0 }
  for (let after = -1; ;) {
    const missing = await missingPages(db, { crawlId: row.id, baseId: since }, { after, limit: PAGES_AT_A_TIME })
    const last = missing.at(-1)
    if (!last) return counts
    const known = await knownUrls(platform, row.id, domains, missing)
    const gone = missing.flatMap((page): GonePageRow[] => {
      const as = goneAs(known.get(page.url), sawAll)
      return as ? [{ crawlId: row.id, ...page, reason: as.reason, status: as.status ?? null }] : []
    })
    await insertGonePages(db, gone)
    counts.gone += gone.length
    counts.unchecked += missing.length - gone.length
    after = last.position
  }
}

function extentOf({ options }: CrawlRow, progress: CrawlProgress): CrawlExtent {
  const { status, counts, bytes, startedAt, finishedAt } = progress
  const { limit, maxBytes, maxDurationSeconds } = options
  const elapsedMs = (finishedAt ?? 0) - (startedAt ?? 0)
  return { limit, maxBytes, maxDurationSeconds, status, counts, bytes, elapsedMs }
}
