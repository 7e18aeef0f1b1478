import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import { type ScriptSite, startScriptSite } from '../../selfhost/script-site.ts'
import type { Report } from '../run.ts'
import { autoMode } from './auto-mode.ts'

const RENDERS = 40
const HOSTILE = [
  '/bomb',
  '/dialogs',
  '/navigates',
  '/blank',
  '/prompts',
  '/downloads',
  '/recursion',
  '/leaves',
  '/app',
  '/huge',
]
const HOSTILE_RENDERS = 200
const MEGABYTE = 1_048_576

/** Auto mode's rule; how fast pages are rendered; and whether hostile ones leave anything behind. */
export async function rendering(report: Report): Promise<void> {
  autoMode(report)
  const site = await startScriptSite()
  try {
    await speed(site, 1, report)
    await speed(site, 0, report)
    await hostile(site, report)
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

async function hostile(site: ScriptSite, report: Report): Promise<void> {
  const platform = new LaunchedPlatform()
  const profiles = (): number =>
    readdirSync(join(platform.dataDirectory, 'renderer')).filter((name) => name.startsWith('profile-')).length
  try {
    await platform.start()
    let lost = 0
    for (let done = 0; done < HOSTILE_RENDERS; done++) {
      await scrape(platform, site, HOSTILE[done % HOSTILE.length] ?? '/app')
      if (done % HOSTILE.length === 0 && !(await scrape(platform, site, '/app/second'))) lost++
    }
    report({ name: 'render.hostile.next_lost', value: lost, unit: 'renders' })
    report({ name: 'render.hostile.profiles_left', value: Math.max(0, profiles() - 1), unit: 'folders' })
    await platform.stop()
    report({ name: 'render.hostile.processes_left', value: browsersOf(platform).length, unit: 'processes' })
  } finally {
    await platform.dispose()
  }
}

async function scrape(platform: LaunchedPlatform, site: ScriptSite, path: string): Promise<boolean> {
  const order = { url: `${site.url}${path}`, render: 'always', timeout: 10_000, maxBytes: 1_000_000 }
  const { data } = await platform.json<{ data?: { rendered: boolean } }>('POST', '/v1/scrape', order)
  return data?.rendered === true
}

/** Proportional memory of every process of the platform's browsers and of the renderer itself. */
function browserMemory(platform: LaunchedPlatform): number {
  const groups = new Set(browsersOf(platform).map(groupOf))
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && groups.has(groupOf(name)))
  return pids.reduce((sum, pid) => sum + proportionalBytes(pid), 0) / MEGABYTE
}

function browsersOf(platform: LaunchedPlatform): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || !existsSync(`/proc/${pid}/cmdline`)) return false
    return contentOf(`/proc/${pid}/cmdline`).includes(`--user-data-dir=${platform.dataDirectory}`)
  })
}

function groupOf(pid: string): string {
  const stat = contentOf(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2] ?? ''
}

function proportionalBytes(pid: string): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(contentOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1_024
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
