import autocannon from 'autocannon'
import { setTimeout as pause } from 'node:timers/promises'
import { linkedSite } from '../../fixtures/sites/linked-site.ts'
import { type CrawlView, LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import { startBigSite } from '../crawl/start-big-site.ts'
import type { Report } from '../run.ts'

const SECONDS = 6
/** More than can be read while we measure. */
const PAGES = 8_000
/** The crawl's caches and the machine's are warm by then. */
const WARM_UP_MS = 3_000
const CONNECTIONS = 10

interface Call {
  name: string
  path: string
  /** A POST with this body; else a GET. */
  body?: unknown
}

/** How long the API takes to answer under load, by itself and while a crawl runs on the same machine. */
export async function latency(report: Report): Promise<void> {
  const site = await startBigSite(PAGES)
  const scraped = await linkedSite({ pages: 10, robots: '' })
  // A quick machine answers more than a key may ask.
  const platform = new LaunchedPlatform({ LAPIS_RATE_LIMIT: '10000000', LAPIS_RATE_LIMIT_ADDRESS: '10000000' })
  await platform.start()
  try {
    const idle = await platform.json<{ id: string }>('POST', '/v1/crawls', { url: `${scraped.url}`, limit: 5 })
    await platform.crawlToEnd(idle.id, 60_000)
    const calls: Call[] = [
      { name: '/health', path: '/health' },
      { name: 'keyed read', path: `/v1/crawls/${idle.id}` },
      { name: 'list', path: '/v1/crawls?limit=20' },
      { name: 'scrape', path: '/v1/scrape', body: { url: `${scraped.url}`, timeout: 30_000 } },
    ]
    for (const call of calls) await measured(platform, call, '', report)
    const order = { url: site.url, limit: PAGES, delayMs: 0 }
    const { id } = await platform.json<CrawlView>('POST', '/v1/crawls', order)
    await pause(WARM_UP_MS)
    const rate = crawlRate(platform, id)
    report({ name: 'crawl with nobody at the API', value: await rate(() => pause(SECONDS * 1_000)), unit: 'pages/s' })
    for (const call of calls) {
      const value = await rate(() => measured(platform, call, ' during a crawl', report))
      report({ name: `crawl during ${call.name}`, value, unit: 'pages/s' })
    }
  } finally {
    await platform.dispose()
    site.close()
    await scraped.close()
  }
}

/** Says how many pages a second a crawl gets while something else goes on. */
function crawlRate(platform: LaunchedPlatform, id: string): (meanwhile: () => Promise<unknown>) => Promise<number> {
  const fetched = async () => (await platform.json<CrawlView>('GET', `/v1/crawls/${id}`)).counts.fetched
  return async (meanwhile) => {
    const [before, since] = [await fetched(), performance.now()]
    await meanwhile()
    return Math.round((((await fetched()) - before) / (performance.now() - since)) * 1_000)
  }
}

async function measured(
  platform: LaunchedPlatform,
  { name, path, body }: Call,
  when: string,
  report: Report,
): Promise<void> {
  const tookMs: number[] = []
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const order = {
      url: `${platform.url}${path}`,
      duration: SECONDS,
      connections: CONNECTIONS,
      headers: { authorization: `Bearer ${platform.key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { method: 'POST' as const, body: JSON.stringify(body) }),
    }
    const run = autocannon(order, (error, ended) => (error ? reject(error as Error) : resolve(ended)))
    run.on('response', (_client, _status, _bytes, took) => tookMs.push(took))
  })
  tookMs.sort((a, b) => a - b)
  const label = `api ${name}${when}`
  for (const percent of [50, 95, 99]) {
    const value = tookMs[Math.ceil((tookMs.length * percent) / 100) - 1] ?? 0
    report({ name: `${label} p${percent}`, value: Math.round(value * 10) / 10, unit: 'ms' })
  }
  report({ name: `${label} rate`, value: Math.round(result.requests.average), unit: 'requests/s' })
  report({ name: `${label} not 2xx`, value: result.non2xx + result.errors, unit: 'answers' })
}
