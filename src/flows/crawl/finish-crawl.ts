import type { CrawlStatus } from '../../domain/crawl/crawl-status.ts'
import { type CrawlOutcome, findAnyCrawl, findCrawl, finishCrawlRow } from '../../storage/postgres/crawls.ts'
import { inTransaction } from '../../storage/postgres/database.ts'
import { announce } from '../../storage/postgres/outbox.ts'
import type { CrawlRow } from '../../storage/postgres/tables.ts'
import { makeLookDue } from '../../storage/postgres/site-looks.ts'
import { sendSoon } from '../delivery/send-soon.ts'
import { wakeSoon } from '../monitor/claim.ts'
import type { Platform } from '../platform.ts'
import { compareCrawl } from './compare-crawl.ts'
import { type CrawlEnd, crawlNews } from './crawl-news.ts'

/** Writes a crawl's outcome down. The ledger announces it until this has succeeded. */
export async function finishCrawl(platform: Platform, crawlId: string): Promise<void> {
  const ledger = platform.ledger(crawlId)
  const progress = await ledger.progress()
  if (!progress || progress.finishedAt === null) return
  const db = await platform.database()
  const row = await findAnyCrawl(db, crawlId)
  const at = (time: number | null) => (time === null ? null : new Date(time))
  const outcome: CrawlOutcome = {
    status: progress.status,
    counts: progress.counts,
    bytes: progress.bytes,
    error: progress.error,
    changes: row ? await compareCrawl(platform, row, progress) : null,
    startedAt: at(progress.startedAt),
    finishedAt: at(progress.finishedAt),
  }
  const announced = await inTransaction(db, async (tx) => {
    const finished = await finishCrawlRow(tx, crawlId, outcome)
    return finished?.monitorId === null ? announce(tx, crawlNews(endOf(progress.status), finished)) : []
  })
  await sendSoon(platform, announced)
  if (row && row.monitorId !== null) await wakeMonitor(platform, crawlId)
  await ledger.closed()
}

/** A monitor waits for it; what goes wrong here only has it wait a minute longer. */
async function wakeMonitor(platform: Platform, crawlId: string): Promise<void> {
  const now = platform.now()
  const monitorId = await makeLookDue(await platform.database(), crawlId, now)
  if (monitorId !== undefined) await wakeSoon(platform, monitorId, now)
}

function endOf(status: CrawlStatus): CrawlEnd {
  return status === 'failed' || status === 'cancelled' ? `crawl.${status}` : 'crawl.completed'
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
