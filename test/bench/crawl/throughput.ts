import { type CrawlView, LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import type { Report } from '../run.ts'
import { bareLoop } from './bare-loop.ts'
import { residentBytes } from './resident-bytes.ts'
import { startBigSite } from './start-big-site.ts'

const PAGES = 3_000
const CRAWL_MS = 300_000
const CONCURRENCY = 16

/** The whole path of a crawl (fetch, links, main content, Markdown, WARC, Postgres) beside a bare fetch-and-parse loop. */
export async function throughput(report: Report): Promise<void> {
  const site = await startBigSite(PAGES)
  const { url } = site
  const platform = new LaunchedPlatform({ LAPIS_TEST_CLOCK_SPEED: '1' })
  try {
    await platform.start()
    const bare = await bareLoop(url, PAGES, CONCURRENCY)
    const since = performance.now()
    const order = { url, limit: PAGES, maxConcurrency: CONCURRENCY, delayMs: 0 }
    const { id } = await platform.json<CrawlView>('POST', '/v1/crawls', order)
    const { counts } = await platform.crawlToEnd(id, CRAWL_MS)
    const ours = counts.fetched / ((performance.now() - since) / 1_000)
    report({
      name: 'crawl.throughput',
      value: ours,
      unit: 'pages/s',
      peer: 'bare fetch-and-parse loop',
      ratio: ours / bare,
    })
    const { workerd, database } = platform.children()
    report({ name: 'crawl.memory.workerd', value: residentBytes(workerd), unit: 'bytes' })
    report({ name: 'crawl.memory.database', value: residentBytes(database), unit: 'bytes' })
  } finally {
    site.close()
    await platform.dispose()
  }
}
