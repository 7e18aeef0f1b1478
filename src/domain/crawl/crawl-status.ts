export type CrawlStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled'

export interface CrawlCounts {
  /** Every URL ever considered: the sum of the others. */
  discovered: number
  fetched: number
  failed: number
  skipped: number
  duplicate: number
  queued: number
}

export interface CrawlFailure {
  code: string
  detail: string
}

export const NO_COUNTS: CrawlCounts = { discovered: 0, fetched: 0, failed: 0, skipped: 0, duplicate: 0, queued: 0 }

export function addCounts(a: CrawlCounts, b: CrawlCounts): CrawlCounts {
  return {
    discovered: a.discovered + b.discovered,
    fetched: a.fetched + b.fetched,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    duplicate: a.duplicate + b.duplicate,
    queued: a.queued + b.queued,
  }
}

/** How a crawl ended, once nothing is queued or in flight any more. A crawl without a single page says why it has none. */
export function outcome(
  crawl: { cancelled: boolean; seedFailure: CrawlFailure | null },
  counts: CrawlCounts,
): { status: 'completed' | 'failed' | 'cancelled'; error: CrawlFailure | null } {
  if (crawl.cancelled) return { status: 'cancelled', error: null }
  if (counts.fetched > 0) return { status: 'completed', error: null }
  const error = crawl.seedFailure ?? {
    code: 'no_pages',
    detail: 'The crawl ended without a page: every URL was skipped or failed.',
  }
  return { status: 'failed', error }
}
