import { afterEach, beforeEach, expect, it } from 'vitest'
import { type LinkedSite, linkedSite } from '../fixtures/sites/linked-site.ts'
import { type CrawlView, LaunchedPlatform } from './launched-platform.ts'

const PAGES = 300
const START_MS = 60_000
const CRAWL_MS = 120_000

let site: LinkedSite
let platform: LaunchedPlatform

beforeEach(async () => {
  site = await linkedSite({ pages: PAGES, latencyMs: 60 })
  platform = new LaunchedPlatform()
  await platform.start()
}, START_MS)

afterEach(async () => {
  await platform.dispose()
  await site.close()
})

/** Waits until that many pages are fetched, so that a kill meets the crawl at work. */
const fetched = (crawl: CrawlView, pages: number) =>
  platform.until(crawl.id, ({ counts }) => counts.fetched >= pages, CRAWL_MS)

it(
  'ends with exactly the undisturbed set of pages, each once, after kill -9 of workerd, of the launcher, and of both',
  async () => {
    const crawl = await platform.json<CrawlView>('POST', '/v1/crawls', {
      url: site.url,
      limit: 1_000,
      maxConcurrency: 4,
    })

    await fetched(crawl, 20)
    platform.killWorkerd()
    await platformAnswers()

    await fetched(crawl, 90)
    await platform.killLauncher()
    await platform.start()

    await fetched(crawl, 170)
    platform.killWorkerd()
    await platform.killLauncher()
    await platform.start()

    const end = await platform.crawlToEnd(crawl.id, CRAWL_MS)
    expect(end).toMatchObject({ status: 'completed', counts: { fetched: PAGES, failed: 0, duplicate: 0, queued: 0 } })
    const pages = await platform.all<{ url: string; markdown: string }>(`/v1/crawls/${crawl.id}/pages`)
    expect(pages.map(({ url }) => new URL(url).pathname).toSorted()).toEqual(site.paths.toSorted())
    expect(pages.every(({ markdown }) => markdown.includes('of the linked site'))).toBe(true)
  },
  START_MS * 3 + CRAWL_MS,
)

/** The launcher starts workerd again by itself: until then nobody listens. */
async function platformAnswers(): Promise<void> {
  const deadline = performance.now() + START_MS
  while (performance.now() < deadline) {
    const answered = await fetch(`${platform.url}/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`workerd was not started again:\n${platform.output}`)
}
