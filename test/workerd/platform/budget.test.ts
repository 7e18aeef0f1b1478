import { expect, it } from 'vitest'
import { newOwner } from '../owner.ts'
import { type Routes, openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed } from './api-calls.ts'

const PAGES = Array.from({ length: 100 }, (_, n) => `/page-${n}`)
const page = (path: string): string => `<title>${path}</title><main><p>Page ${path}. ${'words '.repeat(200)}</p></main>`

function wideSite(): Routes {
  const links = PAGES.map((path) => `<a href="${path}">${path}</a>`).join(' ')
  return {
    '/': `<title>All</title><main><p>${links}</p></main>`,
    ...Object.fromEntries(PAGES.map((p) => [p, page(p)])),
  }
}

async function crawlWith(budget: object): Promise<{ crawl: Crawl; reasons: Set<string | undefined> }> {
  const site = await openSite(wideSite())
  const key = await newOwner()
  const { id } = await call<Crawl>(key, '/v1/crawls', { url: `${site.origin}/`, sitemap: 'skip', ...budget })
  const crawl = await completed(key, id)
  const { data } = await call<{ data: { reason?: string }[] }>(key, `/v1/crawls/${id}/urls?state=skipped`)
  return { crawl, reasons: new Set(data.map(({ reason }) => reason)) }
}

it('a crawl ends when its time is over, although its site would have it wait for longer', async () => {
  const { crawl, reasons } = await crawlWith({ maxDurationSeconds: 1, delayMs: 400 })
  expect(crawl.counts).toMatchObject({ discovered: 101, queued: 0, failed: 0 })
  expect(crawl.counts.fetched).toBeLessThan(20)
  expect(reasons).toEqual(new Set(['time']))
})

it('a crawl ends when its bytes are used up; what was in flight still counts', async () => {
  const { crawl, reasons } = await crawlWith({ maxBytes: 5_000, delayMs: 50 })
  expect(crawl.counts).toMatchObject({ discovered: 101, queued: 0, failed: 0 })
  expect(crawl.counts.fetched).toBeLessThan(100)
  expect(reasons).toEqual(new Set(['bytes']))
})
