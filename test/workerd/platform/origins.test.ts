import { expect, it } from 'vitest'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed } from './api-calls.ts'

const ROBOTS = `User-agent: *
Disallow: /shut
Crawl-delay: 0.05
Content-Signal: search=yes, ai-train=no

User-agent: otherbot
Content-Signal: ai-train=yes

Sitemap: /map.xml
`

it('a crawl tells the rules and the pace of each origin', async () => {
  const polite = await openSite({ '/robots.txt': ROBOTS, '/': '<title>Home</title><a href="{origin}/shut">shut</a>' })
  const silent = await openSite({ '/': '<title>No rules</title>' })
  const broken = await openSite({ '/robots.txt': { status: 500 }, '/': '<title>Never seen</title>' })
  const key = await newOwner()
  const urls = [polite, silent, broken].map(({ origin }) => `${origin}/`)
  const { id } = await call<Crawl>(key, '/v1/batches', { urls })
  await completed(key, id)
  const { data } = await call<{ data: { origin: string }[] }>(key, `/v1/crawls/${id}/origins`)
  const of = ({ origin }: { origin: string }) => data.find((each) => each.origin === origin)
  expect(of(polite)).toMatchObject({
    robots: {
      state: 'rules',
      fetchedAt: expect.stringMatching(/Z$/) as string,
      crawlDelayMs: 50,
      contentSignals: ['search=yes, ai-train=no'],
      sitemaps: ['/map.xml'],
    },
    delayMs: 60,
    queued: 0,
  })
  expect(of(silent)).toMatchObject({ robots: { state: 'none' }, delayMs: 0 })
  expect(of(broken)).toMatchObject({
    robots: { state: 'unreachable', detail: expect.stringContaining('500') as string },
  })
})

it('a list of origins is followed by its cursor to the end, each origin once', async () => {
  const sites = await Promise.all(Array.from({ length: 5 }, () => openSite({ '/': '<title>A site</title>' })))
  const key = await newOwner()
  const { id } = await call<Crawl>(key, '/v1/batches', { urls: sites.map(({ origin }) => `${origin}/`) })
  await completed(key, id)
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor === '' ? 'limit=2' : `limit=2&cursor=${cursor}`
    const page = await call<{ data: { origin: string }[]; nextCursor: string | null }>(
      key,
      `/v1/crawls/${id}/origins?${query}`,
    )
    seen.push(...page.data.map(({ origin }) => origin))
    cursor = page.nextCursor
  }
  expect(seen.toSorted()).toEqual(sites.map(({ origin }) => origin).toSorted())
})
