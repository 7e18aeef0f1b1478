import { expect, it } from 'vitest'
import type { CrawlReading } from '../../../../src/cli/api/crawl-reading.ts'
import { plainLines } from '../../../../src/cli/progress/plain-lines.ts'

const COUNTS = { discovered: 3, fetched: 1, failed: 0, skipped: 0, duplicate: 0, queued: 2 }
const UNTIL = new Date(2026, 10, 24, 14, 3, 20).toISOString()

const running = (change: Partial<CrawlReading> = {}): CrawlReading => ({
  id: 'crawl',
  url: 'https://example.com/',
  status: 'running',
  counts: COUNTS,
  bytes: 0,
  ...change,
})

function linesOf(shown: CrawlReading[]): string[] {
  const lines: string[] = []
  const reporter = plainLines(
    { out: () => undefined, err: (line) => void lines.push(line), isWatched: false },
    10,
    () => 0,
  )
  for (const crawl of shown) reporter.show(crawl)
  return lines
}

it('a wait is told at once, and once', () => {
  const waiting = { reason: 'rest', origin: 'https://example.com', until: UNTIL } as const
  expect(linesOf([running(), running({ waiting }), running({ waiting }), running()])).toEqual([
    'waiting until 14:03:20: https://example.com asked for a pause',
  ])
})
