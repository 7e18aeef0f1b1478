import { describe, expect, it } from 'vitest'
import { nextDue } from '../../../durable-objects/domain-frontier/dispatch.ts'
import { LEASE_MS } from '../../../durable-objects/domain-frontier/leases.ts'
import { takeBackExpired } from '../../../durable-objects/domain-frontier/settling.ts'
import { MAX_BATCH } from '../../../src/domain/frontier/pace.ts'
import { NOW, SITE, brief, inFrontier, page, recorded } from './in-frontier.ts'

const many = (count: number) => Array.from({ length: count }, (_, index) => page(`/${index}`))

describe('robots.txt comes first', () => {
  it(
    'is asked for once, before any page',
    inFrontier((bench) => {
      bench.admit([page('/a')])
      expect(bench.dispatch()).toMatchObject([{ kind: 'robots', origin: SITE }])
      expect(bench.dispatch()).toEqual([])
    }),
  )

  it(
    'is asked for again when its visit is not heard of',
    inFrontier((bench) => {
      bench.admit([page('/a')])
      bench.dispatch()
      bench.now += LEASE_MS
      expect(bench.dispatch()).toMatchObject([{ kind: 'robots' }])
    }),
  )

  it(
    'ends what it forbids with the reason, and lets the rest go',
    inFrontier((bench) => {
      bench.admit([page('/open'), page('/secret/a'), page('/secret/b')])
      bench.robots('User-agent: *\nDisallow: /secret/')
      expect(bench.leases().flatMap((job) => job.lease.urls.map((each) => each.url))).toEqual([`${SITE}/open`])
      expect(bench.states()).toEqual({
        '/open': 'fetching',
        '/secret/a': 'skipped: robots',
        '/secret/b': 'skipped: robots',
      })
    }),
  )

  it(
    'empties a lane of more forbidden URLs than one batch holds',
    inFrontier((bench) => {
      bench.admit(many(3 * MAX_BATCH))
      bench.robots('User-agent: *\nDisallow: /')
      expect(bench.leases()).toEqual([])
      expect(bench.crawl().counts).toMatchObject({ skipped: 3 * MAX_BATCH, queued: 0 })
    }),
  )

  it(
    'forbids everything while it can not be reached, and says so of the start URL',
    inFrontier((bench) => {
      bench.admit([page('/', { depth: 0 })])
      bench.store.origins.setRobots(
        bench.store.origins.idOf(SITE),
        { kind: 'unreachable', fault: 'connection_refused', detail: 'nobody there' },
        NOW,
      )
      expect(bench.dispatch()).toEqual([])
      expect(bench.states()).toEqual({ '/': 'failed: connection_refused' })
      expect(bench.crawl().seedFailure).toEqual({ code: 'connection_refused', detail: 'nobody there' })
    }),
  )
})

describe('sitemaps', () => {
  const sitemapsOf = (bench: Parameters<Parameters<typeof inFrontier>[0]>[0]) =>
    bench.leases().flatMap((job) => job.lease.urls.filter(({ kind }) => kind === 'sitemap').map(({ url }) => url))

  it(
    'are those that robots.txt declares, relative ones too, and robots.txt itself for those of another domain',
    inFrontier((bench) => {
      bench.admit([page('/', { depth: 0 })], brief({ sitemap: 'include' }))
      bench.robots('Sitemap: https://example.com/a.xml\nSitemap: /b.xml\nSitemap: https://elsewhere.example/c.xml')
      expect(sitemapsOf(bench)).toEqual([`${SITE}/a.xml`, `${SITE}/b.xml`, `${SITE}/robots.txt`])
      expect(bench.crawl().sitemapsPending).toBe(3)
    }),
  )

  it(
    'is the well-known one where none is declared',
    inFrontier((bench) => {
      bench.admit([page('/', { depth: 0 })], brief({ sitemap: 'include' }))
      bench.robots('')
      expect(sitemapsOf(bench)).toEqual([`${SITE}/sitemap.xml`])
    }),
  )

  it(
    'keep a crawl from being over while they are read',
    inFrontier((bench) => {
      bench.admit([page('/', { depth: 0 })], brief({ sitemap: 'include' }))
      bench.robots('')
      const [job] = bench.leases()
      if (!job) throw new Error('no lease')
      expect(bench.crawl().sitemapsPending).toBe(1)
      bench.settle(job, () => ({ kind: 'read' }))
      expect(bench.crawl().sitemapsPending).toBe(0)
    }),
  )
})

describe('leases', () => {
  it(
    'hold no more URLs than one message should',
    inFrontier((bench) => {
      bench.admit(many(100))
      bench.robots('')
      const sizes = bench.leases().map((job) => job.lease.urls.length)
      expect(Math.max(...sizes)).toBe(MAX_BATCH)
    }),
  )

  it(
    'never hold more pages than there are permits',
    inFrontier((bench) => {
      bench.admit(many(50), brief({ limit: 7 }), 7)
      bench.robots('')
      expect(bench.leases().reduce((sum, job) => sum + job.lease.urls.length, 0)).toBe(7)
      expect(bench.leases()).toEqual([])
    }),
  )

  it(
    'come one at a time where a delay holds, spaced by it',
    inFrontier((bench) => {
      bench.admit(many(50), brief({ delayMs: 1_000 }))
      bench.robots('')
      const [first, ...rest] = bench.leases()
      expect(rest).toEqual([])
      expect(first?.lease.gapMs).toBeGreaterThanOrEqual(1_000)
    }),
  )

  it(
    "keep the site's Crawl-delay when the caller asked for none",
    inFrontier((bench) => {
      bench.admit(many(5))
      bench.robots('User-agent: *\nCrawl-delay: 2')
      expect(bench.leases()[0]?.lease.gapMs).toBeGreaterThanOrEqual(2_000)
    }),
  )

  it(
    'keep the longest delay that any crawl of the origin asks for',
    inFrontier((bench) => {
      bench.admit(many(5), brief({ crawlId: 'slow', delayMs: 3_000 }))
      bench.admit(many(5), brief({ crawlId: 'hasty', delayMs: 0 }))
      bench.robots('')
      expect(bench.leases().map((job) => job.lease.gapMs >= 3_000)).toEqual([true])
    }),
  )

  it(
    'alternate between crawls that share a site',
    inFrontier((bench) => {
      bench.admit(many(200), brief({ crawlId: 'big', delayMs: 1_000 }))
      bench.admit(many(5), brief({ crawlId: 'small', delayMs: 1_000 }))
      bench.robots('')
      const served: string[] = []
      for (let round = 0; round < 4; round++) {
        const [job] = bench.leases()
        if (!job) continue
        served.push(job.brief.crawlId)
        bench.settle(job, () => recorded)
        bench.now += 10_000
      }
      expect(new Set(served.slice(0, 2))).toEqual(new Set(['big', 'small']))
    }),
  )

  it(
    'wait while the site rests, and an alarm is due when it is over',
    inFrontier((bench) => {
      bench.admit(many(3))
      bench.robots('')
      const [job] = bench.leases()
      if (!job) throw new Error('no lease')
      bench.settle(job, () => ({ kind: 'slow-down', status: 429, retryAfterMs: 30_000 }))
      expect(bench.leases()).toEqual([])
      expect(nextDue(bench.store, bench.now)).toBe(NOW + 30_000)
      bench.now += 30_000
      expect(bench.leases()).toHaveLength(1)
    }),
  )

  it(
    'hand a lost page out again without a second permit, and in the end alone',
    inFrontier((bench) => {
      bench.admit(many(3), brief({ limit: 3 }), 3)
      bench.robots('')
      for (let loss = 0; loss < 3; loss++) {
        expect(bench.leases()).toHaveLength(1)
        expect(bench.crawl().inFlight).toBe(3)
        bench.now += LEASE_MS
        takeBackExpired(bench.store, bench.now)
      }
      expect(bench.leases()[0]?.lease.urls).toHaveLength(1)
    }),
  )
})
