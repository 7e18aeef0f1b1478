import { setTimeout as pause } from 'node:timers/promises'
import { LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import type { Report } from '../run.ts'
import { type Blow, randomOf, strike } from './blows.ts'
import { ChangingPages } from './changing-pages.ts'

const PAGES = 24
const KILLS = Number(process.env['LAPIS_CHAOS_RUNS'] ?? 3)
/** A minute is a second: each page is looked at every second, beside what kills hold up. */
const CLOCK_SPEED = '60'
/** What a kill has stopped is found by the cron trigger, which comes once a real minute, after the claim of it has expired. */
const SETTLED_WITHIN_MS = 180_000
const ANSWERS_WITHIN_MS = 120_000
/** Most often it is workerd that dies: checks and deliveries run there. */
const BLOWS: readonly Blow[] = ['workerd', 'workerd', 'workerd', 'database', 'launcher and workerd']

interface Change {
  id: string
  at: string
}

/**
 * Watches pages that go on changing while processes are killed at random: between two checks, in the middle of one, between
 * its commit and the delivery, in the middle of that. In the end every version of every page was told, each under one
 * webhook-id and as one change, and nothing else was.
 */
export async function monitorChaos(report: Report): Promise<void> {
  const pages = new ChangingPages(PAGES)
  const platform = new LaunchedPlatform({ LAPIS_TEST_CLOCK_SPEED: CLOCK_SPEED })
  try {
    await platform.start()
    await watchAll(platform, await pages.open())
    pages.changeAll()
    let between = 0
    const random = randomOf(1)
    for (let kill = 0; kill < KILLS; kill++) {
      await pause(500 + random() * 2_500)
      const at = Date.now()
      await strike(platform, BLOWS[Math.floor(random() * BLOWS.length)] ?? 'workerd')
      between += untold(pages, await changesAfter(platform), at)
    }
    pages.goesOn = false
    await settled(() => Promise.resolve(pages.isAllTold), SETTLED_WITHIN_MS, platform)
    const faults = faultsOf(pages, await platform.all<Change>('/v1/changes'))
    for (const fault of faults) console.error(fault)
    report({ name: 'monitor-chaos.kills', value: KILLS, unit: 'kills' })
    report({
      name: 'monitor-chaos.alerts',
      value: new Set(pages.told.map(({ changeId }) => changeId)).size,
      unit: 'alerts',
    })
    report({ name: 'monitor-chaos.between', value: between, unit: 'alerts written and not yet told at a kill' })
    report({ name: 'monitor-chaos.attempts', value: pages.told.length, unit: 'attempts received' })
    report({ name: 'monitor-chaos.faults', value: faults.length, unit: 'alerts lost, doubled or odd' })
  } finally {
    await platform.dispose()
    pages.close()
  }
}

async function watchAll(platform: LaunchedPlatform, origin: string): Promise<void> {
  const channel = await platform.json<{ id: string }>('POST', '/v1/channels', {
    type: 'webhook',
    name: 'Receiver',
    config: { url: `${origin}/hook` },
  })
  const urls = Array.from({ length: PAGES }, (_, page) => `${origin}/page/${page}`)
  const defaults = { schedule: { every: '1m' }, channels: [channel.id] }
  await platform.json('POST', '/v1/monitors/import', { format: 'urls', content: urls.join('\n'), defaults })
  const hasBegun = async () => {
    const monitors = await platform.all<{ lastCheckAt: string | null }>('/v1/monitors')
    return monitors.length === PAGES && monitors.every(({ lastCheckAt }) => lastCheckAt !== null)
  }
  await settled(hasBegun, SETTLED_WITHIN_MS, platform)
}

/** Changes as they are once the platform answers again: the latest hundred. */
async function changesAfter(platform: LaunchedPlatform): Promise<Change[]> {
  let changes: Change[] = []
  await settled(
    async () => {
      const response = await platform.call('GET', '/v1/changes?limit=100')
      if (response.ok) changes = ((await response.json()) as { data: Change[] }).data
      return response.ok
    },
    ANSWERS_WITHIN_MS,
    platform,
  )
  return changes
}

/** How many changes had been written down when the kill came, and had not been told. */
function untold({ told }: ChangingPages, changes: readonly Change[], killedAt: number): number {
  const before = new Set(told.filter(({ atMs }) => atMs < killedAt).map(({ changeId }) => changeId))
  return changes.filter(({ id, at }) => Date.parse(at) < killedAt && !before.has(id)).length
}

function faultsOf({ told, versions, odd }: ChangingPages, changes: readonly Change[]): string[] {
  const written = new Set(changes.map(({ id }) => id))
  const isOne = (what: string, found: readonly string[]) =>
    new Set(found).size === 1 ? [] : [`${what}: ${new Set(found).size} in the place of one`]
  const ofVersions = versions.flatMap((latest, page) =>
    Array.from({ length: latest }, (_, index) => index + 1).flatMap((version) => {
      const of = told.filter((each) => each.page === page && each.version === version)
      const name = `page ${page}, version ${version}`
      return [
        ...isOne(
          `${name}, webhook-ids`,
          of.map(({ webhookId }) => webhookId),
        ),
        ...isOne(
          `${name}, changes`,
          of.map(({ changeId }) => changeId),
        ),
      ]
    }),
  )
  const unwritten = told.filter(({ changeId }) => !written.has(changeId)).map(({ changeId }) => `no change ${changeId}`)
  const expected = versions.reduce((sum, latest) => sum + latest, 0)
  const counted = written.size === expected ? [] : [`${written.size} changes of ${expected} versions`]
  return [...odd, ...ofVersions, ...unwritten, ...counted]
}

/** Until it is so; whoever was just killed does not answer. */
async function settled(isSo: () => Promise<boolean>, withinMs: number, platform: LaunchedPlatform): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms\n${platform.output}`)
    await pause(100)
  }
}
