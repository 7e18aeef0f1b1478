import { setTimeout as pause } from 'node:timers/promises'
import { type LinkedSite, linkedSite } from '../../fixtures/sites/linked-site.ts'
import { type CrawlView, LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import type { Report } from '../run.ts'
import { BLOWS, type Blow, randomOf, strike } from './blows.ts'

const PAGES = 2_000
const BUDGET = 700
const RUNS = Number(process.env.LAPIS_CHAOS_RUNS ?? 3)
const RUN_MS = 240_000
/** Blows of one run. A URL that was lost with many leases is taken for their cause, as it should be. */
const MOST_BLOWS = 5
/** The share of queue messages that arrive late, twice at once, or again when they are long done. */
const MISCHIEF = '0.2'

/**
 * Crawls 2,000 pages while processes are killed at random, the database freezes for 10 s, again and again, and the queue
 * delivers every fifth message late or twice. Every run must
 * end with the very pages of an undisturbed one, each once; every third run has a budget and must record exactly that.
 */
export async function chaos(report: Report): Promise<void> {
  const site = await linkedSite({ pages: PAGES, latencyMs: 20 })
  const platform = new LaunchedPlatform({ LAPIS_TEST_QUEUE_MISCHIEF: MISCHIEF })
  let exact = 0
  let blows = 0
  try {
    await platform.start()
    for (let run = 1; run <= RUNS; run++) {
      const limit = run % 3 === 0 ? BUDGET : PAGES * 2
      const outcome = await disturbedRun(platform, site, limit, randomOf(run))
      blows += outcome.blows.length
      if (outcome.fault === null) exact++
      else console.error(`run ${run} (${outcome.blows.join(', ')}): ${outcome.fault}`)
    }
  } finally {
    await platform.dispose()
    await site.close()
  }
  report({ name: 'chaos.exact-runs', value: exact, unit: 'runs', peer: 'all runs', ratio: exact / RUNS })
  report({ name: 'chaos.blows', value: blows, unit: 'kills and outages' })
}

async function disturbedRun(
  platform: LaunchedPlatform,
  site: LinkedSite,
  limit: number,
  random: () => number,
): Promise<{ blows: Blow[]; fault: string | null }> {
  const { id } = await platform.json<CrawlView>('POST', '/v1/crawls', { url: site.url, limit, sitemap: 'skip' })
  const deadline = performance.now() + RUN_MS
  const blows: Blow[] = []
  while (performance.now() < deadline) {
    await pause(500 + random() * 2_000)
    const crawl = await seen(platform, id)
    if (!crawl) continue
    if (crawl.finishedAt !== null) return { blows, fault: await faultOf(platform, site, crawl, Math.min(limit, PAGES)) }
    if (blows.length >= MOST_BLOWS) continue
    const blow = BLOWS[Math.floor(random() * BLOWS.length)] ?? 'workerd'
    blows.push(blow)
    await strike(platform, blow)
  }
  return { blows, fault: `not over within ${RUN_MS} ms` }
}

/** undefined while the platform can't answer. */
async function seen(platform: LaunchedPlatform, id: string): Promise<CrawlView | undefined> {
  try {
    const response = await platform.call('GET', `/v1/crawls/${id}`)
    return response.ok ? ((await response.json()) as CrawlView) : undefined
  } catch {
    return undefined
  }
}

async function faultOf(
  platform: LaunchedPlatform,
  site: LinkedSite,
  crawl: CrawlView,
  expected: number,
): Promise<string | null> {
  const { status, counts } = crawl
  if (status !== 'completed' || counts.fetched !== expected || counts.failed + counts.queued > 0)
    return `${status} ${JSON.stringify(counts)}`
  const pages = await platform.all<{ url: string }>(`/v1/crawls/${crawl.id}/pages`)
  const paths = new Set(pages.map(({ url }) => new URL(url).pathname))
  if (pages.length !== expected || paths.size !== expected)
    return `${pages.length} pages, ${paths.size} of them different`
  return site.paths.every((path) => paths.has(path)) || expected < PAGES ? null : 'other pages than the site has'
}
