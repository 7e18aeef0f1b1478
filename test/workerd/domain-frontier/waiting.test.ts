import { describe, expect, it } from 'vitest'
import { readRobots } from '../../../durable-objects/domain-frontier/robots-reading.ts'
import { waitOf } from '../../../durable-objects/domain-frontier/waiting.ts'
import type { Outcome } from '../../../src/contracts/frontier.ts'
import { type Bench, NOW, SITE, inFrontier, page, recorded } from './in-frontier.ts'

const REST_MS = 60_000

const waits = (bench: Bench) => waitOf(bench.store, bench.crawl(), bench.now)

/** Serves one page with the given outcome, and leaves another in the queue. */
function afterOne(bench: Bench, outcome: Outcome): void {
  bench.robots('')
  bench.admit([page('/a')])
  const [visit] = bench.leases()
  bench.admit([page('/b')])
  if (visit) bench.settle(visit, () => outcome)
}

describe('a crawl that gets on no further says what it waits for', () => {
  it(
    'its site asked for rest',
    inFrontier((bench) => {
      afterOne(bench, { kind: 'slow-down', status: 503, retryAfterMs: REST_MS })
      bench.dispatch()
      expect(waits(bench)).toEqual({ reason: 'rest', origin: SITE, until: NOW + REST_MS })
      bench.now += REST_MS
      expect(waits(bench)).toBeNull()
    }),
  )

  it(
    'robots.txt is asked for again, and all who wait for it hear of that',
    inFrontier((bench) => {
      bench.admit([page('/a')])
      bench.dispatch()
      bench.store.crawls.nextReport(bench.crawl().id)
      readRobots(bench.store, SITE, { kind: 'unreachable', fault: 'connection_failed' }, bench.now)
      expect(waits(bench)).toEqual({ reason: 'robots', origin: SITE, until: NOW + 1_000 })
      expect(bench.store.crawls.dirty()).toEqual([bench.crawl().id])
    }),
  )

  it(
    'all that is left is tried again later',
    inFrontier((bench) => {
      bench.robots('')
      bench.admit([page('/a')])
      const [visit] = bench.leases()
      if (visit) bench.settle(visit, () => ({ kind: 'failed', fault: 'connection_failed' }))
      expect(waits(bench)).toEqual({ reason: 'retry', origin: SITE, until: NOW + 1_000 })
    }),
  )
})

describe('a crawl does not wait', () => {
  it(
    'while something of it is in flight',
    inFrontier((bench) => {
      bench.robots('')
      bench.admit([page('/a')])
      bench.leases()
      expect(waits(bench)).toBeNull()
    }),
  )

  it(
    'while another of its origins is ready',
    inFrontier((bench) => {
      afterOne(bench, { kind: 'slow-down', status: 429, retryAfterMs: REST_MS })
      bench.robots('', 'https://www.example.com')
      bench.admit([{ ...page('/'), url: 'https://www.example.com/' }])
      expect(waits(bench)).toBeNull()
    }),
  )

  it(
    'when all is done, closed or paused',
    inFrontier((bench) => {
      afterOne(bench, { kind: 'slow-down', status: 429, retryAfterMs: REST_MS })
      bench.store.crawls.setPaused(bench.crawl().id, true)
      expect(waits(bench)).toBeNull()
      bench.store.crawls.setPaused(bench.crawl().id, false)
      bench.now += REST_MS
      for (const visit of bench.leases()) bench.settle(visit, () => recorded)
      expect(waits(bench)).toBeNull()
    }),
  )
})
