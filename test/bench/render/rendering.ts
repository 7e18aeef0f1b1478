import { LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import { type ScriptSite, startScriptSite } from '../../selfhost/script-site.ts'
import type { Report } from '../run.ts'
import { autoMode } from './auto-mode.ts'
import { browsersOf, proportionalBytes } from './processes.ts'

const RENDERS = 40
const MEGABYTE = 1_048_576

/** Auto mode's rule, and how fast pages are rendered. */
export async function rendering(report: Report): Promise<void> {
  autoMode(report)
  const site = await startScriptSite()
  try {
    await speed(site, 1, report)
    await speed(site, 0, report)
  } finally {
    site.close()
  }
}

async function speed(site: ScriptSite, spares: number, report: Report): Promise<void> {
  const platform = new LaunchedPlatform({ LAPIS_RENDER_SPARES: String(spares) })
  const suffix = spares > 0 ? '' : '.no_spares'
  try {
    await platform.start()
    const first = performance.now()
    await scrape(platform, site, '/app/second')
    report({ name: `render.first${suffix}`, value: Math.round(performance.now() - first), unit: 'ms' })
    const since = performance.now()
    for (let done = 0; done < RENDERS; done += 2)
      await Promise.all([scrape(platform, site, '/app/second'), scrape(platform, site, '/app')])
    const minutes = (performance.now() - since) / 60_000
    report({ name: `render.scrapes${suffix}`, value: Math.round(RENDERS / minutes), unit: 'renders/min' })
    report({ name: `render.memory${suffix}`, value: Math.round(browserMemory(platform)), unit: 'MB' })
  } finally {
    await platform.dispose()
  }
}

async function scrape(platform: LaunchedPlatform, site: ScriptSite, path: string): Promise<boolean> {
  const order = { url: `${site.url}${path}`, render: 'always', timeout: 10_000, maxBytes: 1_000_000 }
  const { data } = await platform.json<{ data?: { rendered: boolean } }>('POST', '/v1/scrape', order)
  return data?.rendered === true
}

/** Of every process of the platform's browsers. */
function browserMemory({ dataDirectory }: LaunchedPlatform): number {
  return browsersOf(dataDirectory).reduce((sum, { pid }) => sum + proportionalBytes(pid), 0) / MEGABYTE
}
