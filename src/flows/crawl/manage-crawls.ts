import type { Crawl } from '../../contracts/api/crawl.ts'
import type { CrawlProgress } from '../../contracts/ledger.ts'
import { deleteSegments } from '../../storage/archive/segments.ts'
import { deleteCrawlRow, findCrawl, listCrawls, unseededCrawls } from '../../storage/postgres/crawls.ts'
import type { CrawlRow } from '../../storage/postgres/tables.ts'
import type { Platform } from '../platform.ts'
import { notFound } from '../problem.ts'
import { changesSoFar } from './compare-crawl.ts'
import { crawlView } from './crawl-view.ts'
import { settledRow } from './finish-crawl.ts'
import { seedCrawl } from './start-crawl.ts'

/** A start that takes longer than this was cut short. */
const UNSEEDED_AFTER_SECONDS = 60

export async function crawlRow(platform: Platform, workspaceId: string, id: string): Promise<CrawlRow> {
  const row = await findCrawl(await platform.database(), workspaceId, id)
  if (!row) throw notFound('crawl')
  return row
}

export async function showCrawl(platform: Platform, workspaceId: string, id: string): Promise<Crawl> {
  return view(platform, await crawlRow(platform, workspaceId, id))
}

async function view(platform: Platform, row: CrawlRow): Promise<Crawl> {
  if (row.finishedAt !== null) return crawlView(row, null)
  return liveView(platform, row, await platform.ledger(row.id).progress())
}

/** One word of the ledger decides all that is shown: whoever reads of the end reads the comparison that is drawn there. */
async function liveView(platform: Platform, row: CrawlRow, progress: CrawlProgress | null): Promise<Crawl> {
  const isOver = progress !== null && progress.finishedAt !== null
  if (isOver && row.options.since !== undefined) return crawlView(await settledRow(platform, row), progress)
  return crawlView(row, progress, await changesSoFar(platform, row))
}

export async function showCrawls(
  platform: Platform,
  workspaceId: string,
  page: { before?: string; limit: number },
): Promise<{ crawls: Crawl[]; more: boolean }> {
  const rows = await listCrawls(await platform.database(), workspaceId, { ...page, limit: page.limit + 1 })
  const crawls: Crawl[] = []
  // One after the other: few crawls run at a time, and a ledger answers in a millisecond.
  for (const row of rows.slice(0, page.limit)) crawls.push(await view(platform, row))
  return { crawls, more: rows.length > page.limit }
}

/** Cancels at once for the caller; what is in flight drains within seconds and still counts. */
export async function cancelCrawl(platform: Platform, workspaceId: string, id: string): Promise<Crawl> {
  const row = await crawlRow(platform, workspaceId, id)
  if (row.finishedAt !== null) return crawlView(row, null)
  return liveView(platform, row, await platform.ledger(id).cancel())
}

/** Holds a crawl or lets it go on. What is in flight still counts, and its time goes on; one that has ended stays as it is. */
export async function pauseCrawl(platform: Platform, workspaceId: string, id: string, paused: boolean): Promise<Crawl> {
  const row = await crawlRow(platform, workspaceId, id)
  if (row.finishedAt !== null) return crawlView(row, null)
  return liveView(platform, row, await platform.ledger(id).pause(paused))
}

/** Deletes a crawl with everything it left anywhere. What still runs for it finds nothing to write to. */
export async function deleteCrawl(platform: Platform, workspaceId: string, id: string): Promise<void> {
  const row = await crawlRow(platform, workspaceId, id)
  const ledger = platform.ledger(id)
  await ledger.cancel()
  const domains = new Set([row.homeDomain, ...(await ledger.domains())])
  await deleteCrawlRow(await platform.database(), id)
  for (const domain of domains) await platform.frontier(domain).forget(id)
  await ledger.forget()
  await deleteSegments(platform.archive, id)
}

/** Starts once more what was accepted but never seeded. */
export async function resumeUnseeded(platform: Platform): Promise<number> {
  const rows = await unseededCrawls(await platform.database(), UNSEEDED_AFTER_SECONDS)
  for (const row of rows) await seedCrawl(platform, row)
  return rows.length
}
