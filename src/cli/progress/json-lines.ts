import type { CrawlReading } from '../api/crawl-reading.ts'
import type { Terminal } from '../terminal.ts'
import { PaceMeter } from './pace.ts'
import type { Reporter } from './reporter.ts'

const LINE_EVERY_MS = 1_000

/** For programs: `{"type":"progress",…}` on stdout, at the beginning and then every second. Remarks go to stderr. */
export function jsonLines(terminal: Terminal, limit: number, now: () => number = Date.now): Reporter {
  const meter = new PaceMeter(limit)
  let nextAt = 0
  return {
    show(crawl) {
      const at = now()
      const pace = meter.measure(crawl, at)
      if (at < nextAt) return
      nextAt = at + LINE_EVERY_MS
      terminal.out(JSON.stringify(progress(crawl, limit, pace)))
    },
    remark: (line) => terminal.err(line),
    finish: () => undefined,
  }
}

function progress(
  { id, url, status, counts, bytes, waiting = null }: CrawlReading,
  limit: number,
  pace: ReturnType<PaceMeter['measure']>,
): Record<string, unknown> {
  return {
    type: 'progress',
    id,
    url,
    status,
    counts,
    bytes,
    waiting,
    limit,
    pagesPerSecond: Math.round(pace.pagesPerSecond * 10) / 10,
    etaSeconds: pace.etaSeconds === undefined ? null : Math.ceil(pace.etaSeconds),
  }
}
