import { LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import { type ScriptSite, startScriptSite } from '../../selfhost/script-site.ts'
import type { Report } from '../run.ts'
import { autoMode } from './auto-mode.ts'
import { browsersOf, proportionalBytes, rendererOf } from './processes.ts'

const ALONE = 10
const TOGETHER = 40
const CRAWLED = 40
const MEGABYTE = 1_048_576
const SAMPLE_EVERY_MS = 500
const TEXT = 'Words that only a script has put here, and that make a paragraph of this page. '.repeat(10)

/** Auto mode's rule; how fast pages are rendered, with a spare browser and without one; what memory that takes. */
export async function rendering(report: Report): Promise<void> {
  autoMode(report)
  const site = await startScriptSite('127.0.0.1', linkedPages())
  try {
    await speed(site, 1, report)
    await speed(site, 0, report)
  } finally {
    site.close()
  }
}

/** `/linked/0` leads to all the others, by a script's links. */
function linkedPages(): Record<string, string> {
  const links = Array.from({ length: CRAWLED }, (_, at) => `<a href="/linked/${at}">${at}</a>`).join(' ')
  const page = (at: number): string =>
    `<!doctype html><html lang="en"><head><title>App</title></head><body><div id="root"></div><script>root.innerHTML = '<h1>Page ${at}</h1><p>${TEXT}</p>${links}'</script></body></html>`
  return Object.fromEntries(Array.from({ length: CRAWLED }, (_, at) => [`/linked/${at}`, page(at)]))
}

async function speed(site: ScriptSite, spares: number, report: Report): Promise<void> {
  const platform = new LaunchedPlatform({ LAPIS_RENDER_SPARES: String(spares) })
  const tell = (name: string, value: number, unit: string): void =>
    report({ name: `render.${name}${spares > 0 ? '' : '.no_spares'}`, value: Math.round(value), unit })
  try {
    await platform.start()
    tell('first_from_cold', await timed(() => scrape(platform, site)), 'ms')
    const alone: number[] = []
    while (alone.length < ALONE) alone.push(await timed(() => scrape(platform, site)))
    tell('scrape', median(alone), 'ms')
    const peak = watchMemory(platform)
    const together = async (): Promise<void> => {
      for (let done = 0; done < TOGETHER; done += 2) await Promise.all([scrape(platform, site), scrape(platform, site)])
    }
    tell('scrapes', perMinute(TOGETHER, await timed(together)), 'renders/min')
    tell('browsers_at_most', peak() / MEGABYTE, 'MB')
    tell('crawl', perMinute(CRAWLED, await timed(() => crawl(platform, site))), 'renders/min')
    tell('browsers_idle', browserBytes(platform) / MEGABYTE, 'MB')
    tell('renderer', rendererBytes(platform) / MEGABYTE, 'MB')
  } finally {
    await platform.dispose()
  }
}

async function scrape(platform: LaunchedPlatform, site: ScriptSite): Promise<void> {
  const order = { url: `${site.url}/app/second`, render: 'always', timeout: 20_000 }
  const answer = await platform.json<{ data?: { rendered: boolean } }>('POST', '/v1/scrape', order)
  if (answer.data?.rendered !== true) throw new Error(`nothing was rendered: ${JSON.stringify(answer)}`)
}

async function crawl(platform: LaunchedPlatform, site: ScriptSite): Promise<void> {
  const order = { url: `${site.url}/linked/0`, scrapeOptions: { render: 'always' } }
  const { id } = await platform.json<{ id: string }>('POST', '/v1/crawls', order)
  const { counts } = await platform.crawlToEnd(id, 300_000)
  if (counts.fetched !== CRAWLED) throw new Error(`not all pages were read: ${JSON.stringify(counts)}`)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work()
  return performance.now() - since
}

function perMinute(renders: number, ms: number): number {
  return (renders / ms) * 60_000
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}

/** Looks now and then until it is asked, and then tells the most bytes that all browsers took at a time. */
function watchMemory(platform: LaunchedPlatform): () => number {
  let most = 0
  const look = (): void => void (most = Math.max(most, browserBytes(platform)))
  const watch = setInterval(look, SAMPLE_EVERY_MS)
  return () => {
    clearInterval(watch)
    return most
  }
}

function browserBytes({ dataDirectory }: LaunchedPlatform): number {
  return browsersOf(dataDirectory).reduce((sum, { pid }) => sum + proportionalBytes(pid), 0)
}

function rendererBytes({ dataDirectory }: LaunchedPlatform): number {
  return proportionalBytes(rendererOf(dataDirectory)?.pid ?? 0)
}
