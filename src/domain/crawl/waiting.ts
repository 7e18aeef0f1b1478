/**
 * Why a crawl gets on no further for now: `rest`, its site asked for a pause (429, 503, Retry-After); `robots`, robots.txt
 * can't be had and is asked for again; `retry`, pages that failed for a passing reason are tried again.
 */
export interface Waiting {
  reason: 'rest' | 'robots' | 'retry'
  origin: string
  /** Epoch milliseconds. */
  until: number
}

/** The wait that ends first: the crawl goes on then. Null if any of them is none, or over. */
export function waitOfAll(waits: readonly (Waiting | null)[], now: number): Waiting | null {
  let first: Waiting | null = null
  for (const wait of waits) {
    if (!wait || wait.until <= now) return null
    if (!first || wait.until < first.until) first = wait
  }
  return first
}

/** As callers see it: the time as RFC 3339. */
export function shownWaiting(waiting: Waiting | null): (Omit<Waiting, 'until'> & { until: string }) | null {
  return waiting && { ...waiting, until: new Date(waiting.until).toISOString() }
}
