import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type CrawlView, LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import type { Report } from '../run.ts'

const PAGES = 1_000
const CRAWL_MS = 300_000

/** A crawl since another of a site that has not changed, beside that other: every answer of the site is a 304. */
export async function incremental(report: Report): Promise<void> {
  const site = spawn(process.execPath, [fileURLToPath(new URL('big-site.ts', import.meta.url)), String(PAGES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve) => site.stdout.once('data', (line) => resolve(String(line).trim())))
  const platform = new LaunchedPlatform({ LAPIS_TEST_CLOCK_SPEED: '1' })
  try {
    await platform.start()
    const order = { url, limit: PAGES, maxConcurrency: 16, delayMs: 0, sitemap: 'skip' }
    const full = await crawl(platform, order)
    const later = await crawl(platform, { ...order, since: full.id })
    report({
      name: 'since.throughput',
      value: later.pagesPerSecond,
      unit: 'pages/s',
      peer: 'the full crawl before',
      ratio: later.pagesPerSecond / full.pagesPerSecond,
    })
    report({
      name: 'since.archive',
      value: later.warcBytes,
      unit: 'bytes',
      peer: 'the full crawl before',
      ratio: later.warcBytes / full.warcBytes,
    })
  } finally {
    site.kill()
    await platform.dispose()
  }
}

async function crawl(
  platform: LaunchedPlatform,
  order: object,
): Promise<{ id: string; pagesPerSecond: number; warcBytes: number }> {
  const startedAt = performance.now()
  const { id } = await platform.json<CrawlView>('POST', '/v1/crawls', order)
  const { counts } = await platform.crawlToEnd(id, CRAWL_MS)
  const pagesPerSecond = counts.fetched / ((performance.now() - startedAt) / 1_000)
  const warc = await platform.call('GET', `/v1/crawls/${id}/export?format=warc`)
  return { id, pagesPerSecond, warcBytes: (await warc.arrayBuffer()).byteLength }
}
