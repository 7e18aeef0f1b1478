import { afterEach, beforeEach, expect, it } from 'vitest'
import { type LinkedSite, linkedSite } from '../fixtures/sites/linked-site.ts'
import { type CrawlView, LaunchedPlatform } from './launched-platform.ts'

const PAGES = 200
const START_MS = 60_000
const CRAWL_MS = 120_000

let site: LinkedSite
let platform: LaunchedPlatform

beforeEach(async () => {
  site = await linkedSite({ pages: PAGES, latencyMs: 60, etags: true })
  platform = new LaunchedPlatform()
  await platform.start()
}, START_MS)

afterEach(async () => {
  await platform.dispose()
  await site.close()
})

it(
  'a crawl since another compares every page once, and finds none gone, although it is killed on the way and its base deleted',
  async () => {
    const wish = { url: site.url, limit: 1_000, maxConcurrency: 4, sitemap: 'skip' }
    const former = await platform.json<CrawlView>('POST', '/v1/crawls', wish)
    await platform.crawlToEnd(former.id, CRAWL_MS)

    const later = await platform.json<CrawlView>('POST', '/v1/crawls', { ...wish, since: former.id })
    for (const pages of [30, 120]) {
      await platform.until(later.id, ({ counts }) => counts.fetched >= pages, CRAWL_MS)
      platform.killWorkerd()
      await platform.killLauncher()
      await platform.start()
    }

    const end = await platform.crawlToEnd(later.id, CRAWL_MS)
    expect(end).toMatchObject({
      status: 'completed',
      counts: { fetched: PAGES, failed: 0, duplicate: 0, queued: 0 },
      changes: { new: 0, changed: 0, unchanged: PAGES, gone: 0, unchecked: 0 },
    })
    await platform.call('DELETE', `/v1/crawls/${former.id}`)
    const pages = await platform.all<{ url: string; markdown: string }>(`/v1/crawls/${later.id}/pages`)
    expect(pages.map(({ url }) => new URL(url).pathname).toSorted()).toEqual(site.paths.toSorted())
    expect(pages.every(({ markdown }) => markdown.includes('of the linked site'))).toBe(true)
  },
  START_MS * 3 + CRAWL_MS * 2,
)
