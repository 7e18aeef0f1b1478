import type { CrawlCounts, CrawlStatus } from './crawl-status.ts'

/** What a crawl was allowed, and how far it came. */
export interface CrawlExtent {
  limit: number
  maxBytes?: number | undefined
  maxDurationSeconds?: number | undefined
  status: CrawlStatus
  counts: CrawlCounts
  bytes: number
  elapsedMs: number
}

/** A crawl that a budget cut short has not read all the pages whose links it would have followed. */
export function sawWholeSite({ status, counts, bytes, elapsedMs, ...allowed }: CrawlExtent): boolean {
  if (status !== 'completed') return false
  if (counts.skipped === 0) return true
  const { limit, maxBytes = Infinity, maxDurationSeconds = Infinity } = allowed
  return counts.fetched < limit && bytes < maxBytes && elapsedMs < maxDurationSeconds * 1_000
}
