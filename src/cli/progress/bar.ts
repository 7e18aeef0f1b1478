import { SingleBar } from 'cli-progress'
import type { CrawlReading } from '../api/crawl-reading.ts'
import type { Terminal } from '../terminal.ts'
import { type Pace, PaceMeter } from './pace.ts'
import type { Reporter } from './reporter.ts'
import { waitText } from '../../contracts/wait-text.ts'
import { clock, count, duration, rate } from './wording.ts'

const FORMAT = '{bar} {pages} pages · {rate}/s · {failed} failed · {skipped} skipped · {left}'

/** For people: one line that redraws itself. */
export function progressBar(terminal: Terminal, limit: number, now: () => number = Date.now): Reporter {
  const meter = new PaceMeter(limit)
  const bar = new SingleBar({
    format: FORMAT,
    stream: process.stderr,
    barsize: 20,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    fps: 10,
    hideCursor: true,
    emptyOnZero: true,
    // Interrupts are ours: the crawl is cancelled first, and the bar goes on until then.
    gracefulExit: false,
  })
  let isShown = false
  function finish(): void {
    if (isShown) bar.stop()
    isShown = false
  }
  return {
    show(crawl) {
      const pace = meter.measure(crawl, now())
      const words = shown(crawl, limit, pace)
      if (!isShown) bar.start(pace.expected, crawl.counts.fetched, words)
      isShown = true
      bar.setTotal(pace.expected)
      bar.update(crawl.counts.fetched, words)
    },
    remark(line) {
      finish()
      terminal.err(line)
    },
    finish,
  }
}

function shown({ counts, status, waiting }: CrawlReading, limit: number, pace: Pace): Record<string, string> {
  const isOver = status !== 'queued' && status !== 'running'
  return {
    pages: `${count(counts.fetched)}/${count(limit)}`,
    rate: rate(pace.pagesPerSecond),
    failed: count(counts.failed),
    skipped: count(counts.skipped),
    left: isOver ? status : waiting ? waitText(waiting, clock) : etaText(pace.etaSeconds),
  }
}

function etaText(seconds: number | undefined): string {
  if (seconds === undefined) return 'ETA –'
  return `ETA ${duration(Math.ceil(seconds)).replace(/\.0 s$/, ' s')}`
}
