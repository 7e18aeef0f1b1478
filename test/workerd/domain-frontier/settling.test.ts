import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEASE_MS } from '../../../durable-objects/domain-frontier/leases.ts'
import { closeCrawl, takeBackExpired } from '../../../durable-objects/domain-frontier/settling.ts'
import type { Outcome } from '../../../src/contracts/frontier.ts'
import { type Bench, type VisitMessage, brief, inFrontier, page, recorded } from './in-frontier.ts'

function firstLease(bench: Bench): VisitMessage {
  const [job] = bench.leases()
  if (!job) throw new Error('no lease')
  return job
}

describe('settling', () => {
  it(
    'records once, whatever arrives again',
    inFrontier((bench) => {
      bench.admit([page('/a')])
      bench.robots('')
      const job = firstLease(bench)
      expect(bench.settle(job, () => recorded)).toBe(true)
      expect(bench.settle(job, () => recorded)).toBe(false)
      expect(bench.crawl().counts).toMatchObject({ fetched: 1, queued: 0 })
      expect(bench.crawl()).toMatchObject({ bytes: 10, inFlight: 0 })
    }),
  )

  it(
    'admits links with the page that names them',
    inFrontier((bench) => {
      bench.admit([page('/a')])
      bench.robots('')
      bench.settle(firstLease(bench), () => recorded, { discovered: [page('/b')] })
      expect(bench.states()).toEqual({ '/a': 'fetched', '/b': 'queued' })
    }),
  )

  it(
    'takes nothing from a visit whose lease has ended',
    inFrontier((bench) => {
      bench.admit([page('/a')])
      bench.robots('')
      const late = firstLease(bench)
      bench.now += LEASE_MS
      takeBackExpired(bench.store, bench.now)
      expect(bench.settle(late, () => recorded, { discovered: [page('/b')] })).toBe(false)
      expect(bench.states()).toEqual({ '/a': 'queued' })
    }),
  )

  it(
    'gives the permit of a failed page to another',
    inFrontier((bench) => {
      bench.admit([page('/a'), page('/b')], brief({ limit: 1 }), 1)
      bench.robots('')
      bench.settle(firstLease(bench), () => ({ kind: 'failed', fault: 'http_error', status: 404 }))
      expect(firstLease(bench).lease.urls.map((each) => each.url)).toEqual(['https://example.com/b'])
    }),
  )

  it(
    'tries a passing fault again after a wait',
    inFrontier((bench) => {
      bench.admit([page('/a')])
      bench.robots('')
      bench.settle(firstLease(bench), () => ({ kind: 'failed', fault: 'timeout' }))
      expect(bench.leases()).toEqual([])
      bench.now += 1_000
      expect(firstLease(bench).lease.urls[0]).toMatchObject({ attempt: 2 })
    }),
  )

  it(
    'ends what waits when the crawl is closed, and what comes back from visits',
    inFrontier((bench) => {
      bench.admit([page('/a')])
      bench.robots('')
      const job = firstLease(bench)
      bench.admit([page('/b')])
      closeCrawl(bench.store, bench.crawl(), 'cancelled')
      bench.settle(job, () => ({ kind: 'failed', fault: 'timeout' }))
      expect(bench.states()).toEqual({ '/a': 'skipped: cancelled', '/b': 'skipped: cancelled' })
      expect(bench.crawl().counts).toMatchObject({ skipped: 2, queued: 0 })
    }),
  )
})

const OUTCOMES: readonly Outcome[] = [
  recorded,
  { kind: 'duplicate', reason: 'same_content', latencyMs: 1 },
  { kind: 'skipped', reason: 'content_type' },
  { kind: 'failed', fault: 'timeout' },
  { kind: 'failed', fault: 'http_error', status: 404 },
  { kind: 'slow-down', status: 503 },
  { kind: 'released' },
]

const step = fc.oneof(
  fc.record({ do: fc.constant('admit' as const), count: fc.integer({ min: 1, max: 10 }) }),
  fc.record({
    do: fc.constant('settle' as const),
    outcomes: fc.array(fc.nat(OUTCOMES.length - 1), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ do: fc.constant('lose' as const) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 400_000 }) }),
)

describe('whatever happens', () => {
  it('no more pages are recorded than permitted, and every URL is accounted for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.array(step, { maxLength: 30 }), async (limit, steps) => {
        await inFrontier((bench) => {
          const of = brief({ limit })
          bench.admit([page('/')], of, limit)
          bench.robots('')
          let named = 0
          let open: VisitMessage[] = []
          for (const each of steps) {
            open.push(...bench.leases())
            if (each.do === 'admit')
              bench.admit(
                Array.from({ length: each.count }, () => page(`/${++named}`)),
                of,
                limit,
              )
            if (each.do === 'wait') bench.now += each.ms
            if (each.do === 'lose') {
              bench.now += LEASE_MS
              takeBackExpired(bench.store, bench.now)
            }
            if (each.do === 'settle') {
              const job = open.shift()
              let turn = 0
              if (job) bench.settle(job, () => OUTCOMES[each.outcomes[turn++ % each.outcomes.length] ?? 0] ?? recorded)
            }
            const { counts, inFlight } = bench.crawl()
            expect(counts.fetched + inFlight).toBeLessThanOrEqual(limit)
            expect(counts.discovered).toBe(named + 1)
            expect(Object.keys(bench.states())).toHaveLength(named + 1)
          }
          open = []
        })()
      }),
      { numRuns: 40 },
    )
  })
})
