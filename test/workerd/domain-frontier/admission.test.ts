import { describe, expect, it } from 'vitest'
import { brief, inFrontier, page } from './in-frontier.ts'

describe('admission', () => {
  it(
    'takes each URL once per crawl, and once more for another crawl',
    inFrontier((bench) => {
      bench.admit([page('/a'), page('/b'), page('/a')])
      bench.admit([page('/b'), page('/c')])
      bench.admit([page('/a')], brief({ crawlId: 'crawl-2' }))
      expect(bench.crawl().counts).toMatchObject({ discovered: 3, queued: 3 })
      expect(bench.crawl('crawl-2').counts).toMatchObject({ discovered: 1, queued: 1 })
    }),
  )

  it(
    'takes the same URL as a page and as a sitemap',
    inFrontier((bench) => {
      bench.admit([page('/a', { kind: 'sitemap' }), page('/a')])
      expect(bench.crawl()).toMatchObject({ sitemapsPending: 1, counts: { queued: 1 } })
    }),
  )

  it(
    'keeps the reason of what was refused',
    inFrontier((bench) => {
      bench.admit([page('/a', { refused: 'trap' })])
      expect(bench.states()).toEqual({ '/a': 'skipped: trap' })
      expect(bench.crawl().counts).toMatchObject({ discovered: 1, skipped: 1, queued: 0 })
    }),
  )

  it.each(['depth', 'nofollow', 'scope'])('lifts a refusal for %s when a better way to the URL is found', (reason) =>
    inFrontier((bench) => {
      bench.admit([page('/a', { refused: reason })])
      bench.admit([page('/a')])
      expect(bench.states()).toEqual({ '/a': 'queued' })
      expect(bench.crawl().counts).toMatchObject({ discovered: 1, skipped: 0, queued: 1 })
    })(),
  )

  it(
    'takes a year of a calendar and skips what it would go on to make, each with its reason',
    inFrontier((bench) => {
      const day = (n: number): string => new Date(Date.UTC(2026, 0, n + 1)).toISOString().slice(0, 10)
      const days = Array.from({ length: 450 }, (_, n) => page(`/events/${day(n)}`, { depth: 1 }))
      bench.admit(days)
      bench.admit(days)
      bench.admit([page('/events/2026-01-01', { depth: 1 }), page('/about', { depth: 1 })])
      expect(bench.crawl().counts).toMatchObject({ discovered: 451, queued: 401, skipped: 50 })
      expect(bench.states()).toMatchObject({ [`/events/${day(449)}`]: 'skipped: trap', '/about': 'queued' })
    }),
  )

  it(
    'lifts no refusal that another way can not cure',
    inFrontier((bench) => {
      bench.admit([page('/a', { refused: 'trap' })])
      bench.admit([page('/a')])
      expect(bench.states()).toEqual({ '/a': 'skipped: trap' })
    }),
  )

  it(
    'names the URL that led to another, by id or by address',
    inFrontier((bench) => {
      bench.admit([page('/', { depth: 0 })])
      const [start] = bench.store.urls.list(bench.crawl().id, { after: 0, limit: 1 })
      bench.admit([
        page('/a', { discoveredFrom: start?.id ?? 0 }),
        page('/b', { discoveredFrom: 'https://other.example/' }),
      ])
      const found = bench.store.urls.list(bench.crawl().id, { after: start?.id ?? 0, limit: 10 })
      expect(found.map((each) => each.discoveredFrom)).toEqual(['https://example.com/', 'https://other.example/'])
    }),
  )

  it(
    'widens the crawl to hosts that a redirect of its start led to, and never narrows it again',
    inFrontier((bench) => {
      const narrow = brief()
      const wide = brief({ scope: { ...narrow.scope, hosts: ['example.com', 'www.example.com'] } })
      bench.admit([page('/a')], narrow)
      bench.admit([page('/b')], wide)
      bench.admit([page('/c')], narrow)
      expect(bench.crawl().brief.scope.hosts).toEqual(['example.com', 'www.example.com'])
    }),
  )
})
