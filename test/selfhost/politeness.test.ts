import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LinkedSite, linkedSite } from '../fixtures/sites/linked-site.ts'
import { type CrawlView, LaunchedPlatform } from './launched-platform.ts'

const DELAY_MS = 150
/** The site's clock and ours are one, but a request is seen a moment after it was sent. */
const TOLERANCE = 0.01
const PAGES_EACH = 12
const START_MS = 60_000

let site: LinkedSite
let platform: LaunchedPlatform

beforeAll(async () => {
  site = await linkedSite({ pages: 60 })
  platform = new LaunchedPlatform()
  await platform.start()
}, START_MS)

afterAll(async () => {
  await platform.dispose()
  await site.close()
})

it(
  'keeps the delay between any two starts on an origin, with three crawls and a crash in between',
  async () => {
    const order = { url: site.url, limit: PAGES_EACH, delayMs: DELAY_MS, sitemap: 'skip' }
    const crawls = await Promise.all([1, 2, 3].map(() => platform.json<CrawlView>('POST', '/v1/crawls', order)))
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    platform.killWorkerd()
    await platform.killLauncher()
    await platform.start()
    for (const crawl of crawls) {
      const end = await platform.crawlToEnd(crawl.id, START_MS)
      expect(end).toMatchObject({ status: 'completed', counts: { fetched: PAGES_EACH } })
    }
    const starts = [...site.visits.values()].flat().toSorted((a, b) => a - b)
    const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0))
    expect(starts.length).toBeGreaterThanOrEqual(3 * PAGES_EACH)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(DELAY_MS * (1 - TOLERANCE))
  },
  START_MS * 4,
)
