/** Epoch milliseconds. */
export type Instant = number

/** Most URLs in one lease: enough to share the cost of a message, a segment and an insert, few enough to redo after a crash. */
export const MAX_BATCH = 32
/** With a delay, a batch is kept about this long, so that another crawl of the same site gets its turn. */
const BATCH_SPAN_MS = 4_000
/** Fetches in flight on an origin that has not been met before; grows while the site keeps answering quickly. */
export const FIRST_CONCURRENCY = 4
/** Timers and networks jitter; the gap asked for must still hold when the site measures it. */
export const GAP_MARGIN_MS = 10

const FIRST_BACKOFF_MS = 1_000
const MAX_BACKOFF_MS = 5 * 60_000
/** Below this an answer is quick enough whatever the fastest one was. */
const QUICK_MS = 250
const LATENCY_WEIGHT = 0.2

/** The manners kept towards one origin. Two clocks: an origin is ready at the later one. */
export interface Pace {
  /** The next start may be no earlier: the last start plus the delay. */
  nextStartAt: Instant
  /** The site asked for a rest (429, 503, Retry-After). */
  backoffUntil: Instant
  /** How often in a row it asked. */
  slowDowns: number
  /** Fetches that may be in flight at once. */
  concurrency: number
  /** Smoothed time to the response headers, and the best it has been; 0 before the first answer. */
  latencyMs: number
  bestLatencyMs: number
}

export function freshPace(): Pace {
  return {
    nextStartAt: 0,
    backoffUntil: 0,
    slowDowns: 0,
    concurrency: FIRST_CONCURRENCY,
    latencyMs: 0,
    bestLatencyMs: 0,
  }
}

export function readyAt(pace: Pace): Instant {
  return Math.max(pace.nextStartAt, pace.backoffUntil)
}

/** The delay that holds: the caller's own word, else the site's wish; 0 leaves the pace to concurrency alone. */
export function gapMs(wish: { delayMs: number | null; crawlDelayMs: number | undefined }): number {
  const delay = wish.delayMs ?? wish.crawlDelayMs ?? 0
  return delay > 0 ? delay + GAP_MARGIN_MS : 0
}

export function batchSize(gap: number): number {
  return gap > 0 ? Math.max(1, Math.min(MAX_BATCH, Math.floor(BATCH_SPAN_MS / gap))) : MAX_BATCH
}

/** Takes `starts` consecutive starts out of an origin's future and says when the first may happen. */
export function reserve(pace: Pace, starts: number, gap: number, now: Instant): { startAt: Instant; pace: Pace } {
  const startAt = Math.max(now, readyAt(pace))
  return { startAt, pace: gap > 0 ? { ...pace, nextStartAt: startAt + starts * gap } : pace }
}

/** After a 429 or 503: the site's own time when it gave one, else doubling; and half the fetches in flight (AIMD). */
export function slowDown(pace: Pace, retryAfterMs: number | undefined, now: Instant, clockSpeed = 1): Pace {
  const doubling = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** pace.slowDowns) / clockSpeed
  const rest = retryAfterMs ?? doubling
  return {
    ...pace,
    slowDowns: pace.slowDowns + 1,
    backoffUntil: Math.max(pace.backoffUntil, now + rest),
    concurrency: Math.max(1, Math.floor(pace.concurrency / 2)),
  }
}

/** After a batch that went well: one more in flight, unless the site has become markedly slower than it can be. */
export function speedUp(pace: Pace, meanLatencyMs: number): Pace {
  const latencyMs =
    pace.latencyMs === 0 ? meanLatencyMs : pace.latencyMs + LATENCY_WEIGHT * (meanLatencyMs - pace.latencyMs)
  const bestLatencyMs = pace.bestLatencyMs === 0 ? latencyMs : Math.min(pace.bestLatencyMs, latencyMs)
  const strained = latencyMs > QUICK_MS && latencyMs > 2 * bestLatencyMs
  const concurrency = strained ? Math.max(1, pace.concurrency - 1) : pace.concurrency + 1
  return { ...pace, slowDowns: 0, latencyMs, bestLatencyMs, concurrency }
}

/** After network faults: half in flight, no rest. */
export function stumble(pace: Pace): Pace {
  return { ...pace, concurrency: Math.max(1, Math.floor(pace.concurrency / 2)) }
}

/** When a URL that failed for a passing reason may be tried again. */
export function retryAt(attempts: number, now: Instant, clockSpeed = 1): Instant {
  return now + (FIRST_BACKOFF_MS * 2 ** (attempts - 1)) / clockSpeed
}
