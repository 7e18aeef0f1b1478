import { findAnyCrawl, findCrawl, finishCrawlRow } from '../../storage/postgres/crawls.ts'
import type { CrawlRow } from '../../storage/postgres/tables.ts'
import type { Platform } from '../platform.ts'
import { compareCrawl } from './compare-crawl.ts'

/** Writes a crawl's outcome down. The ledger announces it until this has succeeded. */
export async function finishCrawl(platform: Platform, crawlId: string): Promise<void> {
  const ledger = platform.ledger(crawlId)
  const progress = await ledger.progress()
  if (!progress || progress.finishedAt === null) return
  const db = await platform.database()
  const row = await findAnyCrawl(db, crawlId)
  const at = (time: number | null) => (time === null ? null : new Date(time))
  await finishCrawlRow(db, crawlId, {
    status: progress.status,
    counts: progress.counts,
    bytes: progress.bytes,
    error: progress.error,
    changes: row ? await compareCrawl(platform, row, progress) : null,
    startedAt: at(progress.startedAt),
    finishedAt: at(progress.finishedAt),
  })
  await ledger.closed()
}

/**
 * The crawl's row, with its outcome if it has ended. Between the ledger's word and the row lie moments in which a caller
 * knows of the end already; who then asks for what is only in the row has it written at once.
 */
export async function settledRow(platform: Platform, row: CrawlRow): Promise<CrawlRow> {
  if (row.finishedAt !== null) return row
  await finishCrawl(platform, row.id)
  return (await findCrawl(await platform.database(), row.workspaceId, row.id)) ?? row
}
