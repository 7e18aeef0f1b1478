import type { CrawlReading } from '../api/crawl-reading.ts'

/** Tells how a crawl is doing, to whoever listens. */
export interface Reporter {
  /** The crawl as it is now; called several times a second. */
  show(crawl: CrawlReading): void
  /** A remark that must not get lost between progress lines. */
  remark(line: string): void
  /** Nothing more will be shown. */
  finish(): void
}
