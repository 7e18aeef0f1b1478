import type { CrawlReading } from '../api/crawl-reading.ts'

/** Long enough to be steady, short enough to show a site that slows down. */
const WINDOW_MS = 10_000

export interface Pace {
  pagesPerSecond: number
  /** Pages that can be foreseen by now: what is recorded and what waits, within the limit. */
  expected: number
  /** undefined: nothing to tell it by. */
  etaSeconds: number | undefined
}

interface Mark {
  at: number
  fetched: number
}

/** Watches a crawl's counters and tells how fast it goes. */
export class PaceMeter {
  readonly #limit: number
  #marks: Mark[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  measure({ counts, status }: CrawlReading, now: number): Pace {
    const first = this.#firstOfWindow({ at: now, fetched: counts.fetched })
    const seconds = (now - first.at) / 1_000
    const pagesPerSecond = seconds > 0 ? (counts.fetched - first.fetched) / seconds : 0
    const isOver = status !== 'queued' && status !== 'running'
    const expected = isOver ? counts.fetched : Math.min(this.#limit, counts.fetched + counts.queued)
    const left = expected - counts.fetched
    const etaSeconds = left === 0 ? 0 : pagesPerSecond > 0 ? left / pagesPerSecond : undefined
    return { pagesPerSecond, expected, etaSeconds }
  }

  #firstOfWindow(mark: Mark): Mark {
    this.#marks = [...this.#marks.filter(({ at }) => mark.at - at <= WINDOW_MS), mark]
    return this.#marks[0] ?? mark
  }
}
