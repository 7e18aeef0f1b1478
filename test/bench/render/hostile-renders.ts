import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import { type ScriptSite, startScriptSite } from '../../selfhost/script-site.ts'
import type { Report } from '../run.ts'
import { HOSTILITIES, type Hostility, hostilePage } from './hostile-pages.ts'
import { browsersOf, leadersOf, processesOf, proportionalBytes } from './processes.ts'

const RENDERS = 200
const MEGABYTE = 1_048_576
/** A page that is to be killed waits for what never comes, until then. */
const KILL_AFTER_MS = 1_500
const WISHES = { render: 'always', timeout: 6_000, maxBytes: 2_000_000 }

interface Scraped {
  code?: string
  detail?: string
  data?: { rendered: boolean; redirects: string[]; markdown: string }
}

/** What it came to. */
interface Toll {
  outcomes: Map<string, number>
  unexplained: number
  nextLost: number
  slowestMs: number
}

/** Pages that would rather harm the browser than be in it: each is read or fails with a reason, and the next one is read. */
export async function hostileRenders(report: Report): Promise<void> {
  const pages = Object.fromEntries(HOSTILITIES.map((each, at) => [`/hostile/${at}`, hostilePage(each)]))
  const site = await startScriptSite('127.0.0.1', pages)
  const platform = new LaunchedPlatform()
  try {
    await platform.start()
    const first = await scrape(platform, `${site.url}/app/second`, {})
    if (!first.data) throw new Error(`nothing can be rendered here: ${first.detail}`)
    await attack(platform, site, report)
    await leftWhileRunning(platform, report)
    await platform.stop()
    const left = processesOf(platform.dataDirectory)
    for (const { pid, command } of left) console.error(`left: ${pid} ${command.slice(0, 200)}`)
    report({ name: 'hostile.processes_left', value: left.length, unit: 'processes' })
    report({ name: 'hostile.profiles_left_at_the_end', value: profiles(platform), unit: 'folders' })
  } finally {
    await platform.dispose()
    site.close()
  }
}

async function attack(platform: LaunchedPlatform, site: ScriptSite, report: Report): Promise<void> {
  const toll: Toll = { outcomes: new Map(), unexplained: 0, nextLost: 0, slowestMs: 0 }
  const since = performance.now()
  let bytesBefore = 0
  for (let done = 0; done < RENDERS; done++) {
    const at = done % HOSTILITIES.length
    const hostility = HOSTILITIES[at]
    // After the first round all that is loaded once has been.
    if (done === HOSTILITIES.length) bytesBefore = memoryBesideBrowsers(platform)
    if (hostility) await sufferAndGoOn(platform, { site, path: `/hostile/${at}`, hostility }, toll)
  }
  const grown = (memoryBesideBrowsers(platform) - bytesBefore) / MEGABYTE
  report({ name: 'hostile.renders', value: RENDERS, unit: 'renders' })
  for (const [name, value] of toll.outcomes) report({ name: `hostile.${name}`, value, unit: 'renders' })
  report({ name: 'hostile.without_a_reason', value: toll.unexplained, unit: 'renders' })
  report({ name: 'hostile.next_page_lost', value: toll.nextLost, unit: 'renders' })
  report({ name: 'hostile.slowest', value: toll.slowestMs, unit: 'ms' })
  report({ name: 'hostile.took', value: Math.round((performance.now() - since) / 1_000), unit: 's' })
  report({ name: 'hostile.grown_after_first_round', value: Math.round(grown), unit: 'MB' })
}

interface Attack {
  site: ScriptSite
  path: string
  hostility: Hostility
}

async function sufferAndGoOn(platform: LaunchedPlatform, { site, path, hostility }: Attack, toll: Toll): Promise<void> {
  const started = performance.now()
  const answer = await suffer(platform, `${site.url}${path}`, hostility)
  const ms = Math.round(performance.now() - started)
  const outcome = outcomeOf(answer)
  console.error(`${hostility.name}: ${outcome ?? JSON.stringify(answer).slice(0, 500)} after ${ms} ms`)
  toll.slowestMs = Math.max(toll.slowestMs, ms)
  if (outcome === undefined) toll.unexplained++
  else toll.outcomes.set(outcome, (toll.outcomes.get(outcome) ?? 0) + 1)
  const next = await scrape(platform, `${site.url}/app/second`, {})
  if (next.data?.markdown.includes('# Second')) return
  toll.nextLost++
  console.error(`the page after "${hostility.name}" was lost: ${JSON.stringify(next).slice(0, 500)}`)
}

/** "read", "left" for another URL, which is a redirect, or the reason of a failure; undefined where there is none of them. */
function outcomeOf({ code, detail, data }: Scraped): string | undefined {
  if (data) return data.rendered ? 'read' : data.redirects.length > 0 ? 'left' : undefined
  return code === 'render_failed' ? /^[a-z_]+(?=:)/.exec(detail ?? '')?.[0] : undefined
}

async function suffer(platform: LaunchedPlatform, url: string, { kills }: Hostility): Promise<Scraped> {
  if (!kills) return scrape(platform, url, {})
  const waiting = scrape(platform, url, { waitFor: '#never' })
  await new Promise((resolve) => setTimeout(resolve, KILL_AFTER_MS))
  for (const { pid } of kills(platform.dataDirectory)) process.kill(pid, 'SIGKILL')
  return waiting
}

function scrape(platform: LaunchedPlatform, url: string, more: Record<string, unknown>): Promise<Scraped> {
  return platform.json<Scraped>('POST', '/v1/scrape', { url, ...WISHES, ...more })
}

/** What is there beyond the one spare browser that waits for the next page. */
async function leftWhileRunning({ dataDirectory }: LaunchedPlatform, report: Report): Promise<void> {
  // Ends are by SIGKILL, and the system takes a moment.
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  const spare = leadersOf(dataDirectory)
  const theirs = new Set(spare.map(({ profile }) => profile))
  const strays = browsersOf(dataDirectory).filter(({ profile }) => !theirs.has(profile))
  report({ name: 'hostile.spare_browsers', value: spare.length, unit: 'browsers' })
  report({ name: 'hostile.stray_processes', value: strays.length, unit: 'processes' })
  report({ name: 'hostile.profiles_left', value: profiles({ dataDirectory }) - spare.length, unit: 'folders' })
}

function profiles({ dataDirectory }: Pick<LaunchedPlatform, 'dataDirectory'>): number {
  return readdirSync(join(dataDirectory, 'renderer')).filter((name) => name.startsWith('profile-')).length
}

/** Of the launcher and all that it has started, but browsers: those end with their pages. */
function memoryBesideBrowsers({ dataDirectory }: LaunchedPlatform): number {
  const others = processesOf(dataDirectory).filter(({ profile }) => profile === undefined)
  return others.reduce((sum, { pid }) => sum + proportionalBytes(pid), 0)
}
