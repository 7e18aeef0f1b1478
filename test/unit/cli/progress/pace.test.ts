import { describe, expect, it } from 'vitest'
import type { CrawlReading } from '../../../../src/cli/api/crawl-reading.ts'
import { PaceMeter } from '../../../../src/cli/progress/pace.ts'
import { counted, duration, rate, size } from '../../../../src/cli/progress/wording.ts'

function crawl(fetched: number, queued: number, status: CrawlReading['status'] = 'running'): CrawlReading {
  const counts = { discovered: fetched + queued, fetched, queued, failed: 0, skipped: 0, duplicate: 0 }
  return { id: 'c', url: 'https://example.com/', status, counts, bytes: 0 }
}

describe('the pace of a crawl', () => {
  it('is that of the last ten seconds', () => {
    const meter = new PaceMeter(1_000)
    meter.measure(crawl(0, 10), 0)
    meter.measure(crawl(100, 10), 5_000)
    expect(meter.measure(crawl(110, 10), 15_000).pagesPerSecond).toBe(1)
  })

  it('foresees what waits, within the limit', () => {
    const meter = new PaceMeter(50)
    meter.measure(crawl(0, 30), 0)
    expect(meter.measure(crawl(10, 30), 1_000)).toEqual({ pagesPerSecond: 10, expected: 40, etaSeconds: 3 })
    expect(meter.measure(crawl(20, 300), 2_000)).toEqual({ pagesPerSecond: 10, expected: 50, etaSeconds: 3 })
  })

  it('foresees nothing before the first page', () => {
    expect(new PaceMeter(50).measure(crawl(0, 1), 0).etaSeconds).toBeUndefined()
  })

  it('has nothing to foresee when the crawl is over', () => {
    expect(new PaceMeter(50).measure(crawl(10, 30, 'cancelled'), 0)).toMatchObject({ expected: 10, etaSeconds: 0 })
  })
})

it.each([
  [duration(0), '0.0 s'],
  [duration(4.24), '4.2 s'],
  [duration(59.4), '59 s'],
  [duration(200), '3 min 20 s'],
  [duration(7_500), '2 h 5 min'],
  [size(0), '0 B'],
  [size(999), '999 B'],
  [size(1_000), '1.0 kB'],
  [size(312_345), '312 kB'],
  [size(999_900), '1.0 MB'],
  [rate(8.13), '8.1'],
  [rate(1_234.5), '1,235'],
  [counted(1, 'page'), '1 page'],
  [counted(2_000, 'page'), '2,000 pages'],
])('%s reads %s', (written, expected) => {
  expect(written).toBe(expected)
})
