import type { CrawlReading } from '../api/crawl-reading.ts'
import type { Terminal } from '../terminal.ts'
import { PaceMeter } from './pace.ts'
import type { Reporter } from './reporter.ts'
import { waitText } from '../../contracts/wait-text.ts'
import { clock, count, duration, rate } from './wording.ts'

const LINE_EVERY_MS = 3_000

/** For logs and pipes: a line every few seconds, and one when the crawl has to wait. */
export function plainLines(terminal: Terminal, limit: number, now: () => number = Date.now): Reporter {
  const meter = new PaceMeter(limit)
  let saidToWaitFor: string | undefined
  let nextAt = now() + LINE_EVERY_MS
  return {
    show(crawl) {
      const at = now()
      const pace = meter.measure(crawl, at)
      const waitsFor = crawl.waiting ? waitText(crawl.waiting, clock) : undefined
      if (waitsFor !== undefined && waitsFor !== saidToWaitFor) terminal.err(waitsFor)
      saidToWaitFor = waitsFor
      if (at < nextAt) return
      nextAt = at + LINE_EVERY_MS
      terminal.err(progressLine(crawl, limit, pace))
    },
    remark: (line) => terminal.err(line),
    finish: () => undefined,
  }
}

function progressLine({ counts }: CrawlReading, limit: number, pace: ReturnType<PaceMeter['measure']>): string {
  const parts = [
    `${count(counts.fetched)}/${count(limit)} pages`,
    `${rate(pace.pagesPerSecond)} pages/s`,
    `${count(counts.failed)} failed`,
    `${count(counts.skipped)} skipped`,
    `${count(counts.queued)} queued`,
  ]
  if (pace.etaSeconds !== undefined && pace.etaSeconds > 0) parts.push(`about ${duration(pace.etaSeconds)} left`)
  return parts.join(' · ')
}
