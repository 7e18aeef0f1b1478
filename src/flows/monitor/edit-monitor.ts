import type { CreateMonitor, Monitor } from '../../contracts/api/monitor.ts'
import { isSameJson } from '../../domain/json/is-same-json.ts'
import { nextCheck } from '../../domain/monitor/schedule/next-check.ts'
import type { MonitorRow } from '../../storage/postgres/monitor-tables.ts'
import { type MonitorEdit, editMonitor } from '../../storage/postgres/monitors.ts'
import { deedOf, recorded } from '../identity/audit.ts'
import type { Caller } from '../identity/authenticate.ts'
import type { Platform } from '../platform.ts'
import { notFound, refuseFaults } from '../problem.ts'
import { hasRedacted, restored, withSecrets } from '../secrets/monitor-credentials.ts'
import { wakeSoon } from './claim.ts'
import { monitorRow } from './manage-monitors.ts'
import { accepted, edited } from './monitor-order.ts'
import { withoutSecondRender } from './one-render.ts'
import { monitorView } from './monitor-view.ts'
import { firstCheck, newMonitorRow } from './new-monitor.ts'

/** What decides which page is looked at: with another one, nothing that is remembered counts. */
const OF_THE_PAGE = ['url', 'target', 'render', 'scrapeOptions', 'site'] as const
/** What decides how it is read: the next reading is a baseline again, and has to be a whole one. */
const OF_THE_READING = ['select', 'ignore', 'normalise', 'fields', 'price', 'trigger', 'confirm'] as const

type Name = keyof CreateMonitor

/** Changes what was named, and nothing else; the same again changes nothing. An edit alerts nobody. */
export async function changeMonitor(
  platform: Platform,
  caller: Caller,
  id: string,
  changes: Readonly<Record<string, unknown>>,
): Promise<Monitor> {
  const before = await monitorRow(platform, caller.workspaceId, id)
  const former = withoutSecondRender(await fullOptions(platform, before))
  const wanted = withFormerSecrets(former, edited(withoutSecondRender(before.options), changes))
  refuseStatus(wanted, changes['status'])
  const order = await accepted(platform, caller.workspaceId, wanted)
  const differs = (name: Name): boolean => !isSameJson(order[name], former[name])
  if (!(Object.keys({ ...former, ...order }) as Name[]).some(differs)) return monitorView(platform, before)
  const edit = await editOf(platform, before, order, differs)
  const deed = deedOf(caller, 'monitor.changed', { kind: 'monitor', id })
  const after = await recorded(await platform.database(), deed, (tx) => editMonitor(tx, before, edit))
  if (!after) throw notFound('monitor')
  await wakeSoon(platform, id, after.nextCheckAt)
  return monitorView(platform, after)
}

/** What is shown may be sent back; another status would change nothing. */
function refuseStatus({ enabled }: CreateMonitor, status: unknown): void {
  if (status !== undefined && (status === 'paused') === enabled)
    refuseFaults([{ path: 'status', message: 'is what `enabled` makes of it; set that' }])
}

async function editOf(
  platform: Platform,
  before: MonitorRow,
  order: CreateMonitor,
  differs: (name: Name) => boolean,
): Promise<MonitorEdit> {
  const now = platform.now()
  const { name, url, options, sealed, tags, enabled, lateAfterMs } = await newMonitorRow(platform, before, order)
  // Whatever the edit makes of the rules, the next page is looked at whole.
  const unasked = { etag: null, lastModified: null, bodyKey: null }
  const plain = {
    name,
    url,
    options,
    sealed: sealed ?? null,
    tags,
    enabled: enabled ?? true,
    lateAfterMs: lateAfterMs ?? null,
    lateToldAt: null,
    updatedAt: now,
    ...unasked,
  }
  if (OF_THE_PAGE.some(differs))
    return {
      ...plain,
      ...firstCheck(order, now),
      ...{
        memory: null,
        snapshotId: null,
        isFailing: false,
        failures: 0,
        failingSince: null,
        history: [],
        crawlId: null,
        baseCrawlId: null,
        siteMemory: null,
      },
    }
  if (OF_THE_READING.some(differs)) return { ...plain, ...firstCheck(order, now) }
  // A crawl that is under way was ordered before, and ends with the pause.
  if (differs('enabled')) return { ...plain, ...firstCheck(order, now), crawlId: null }
  return { ...plain, ...(differs('schedule') || differs('windows') ? scheduled(platform, before, order) : {}) }
}

function scheduled(platform: Platform, before: MonitorRow, options: CreateMonitor): MonitorEdit {
  if (!options.enabled) return {}
  const { history, id: monitorId } = before
  const situation = { monitorId, now: platform.now().getTime(), history, clockSpeed: platform.clockSpeed }
  const { at, why } = nextCheck(options, situation)
  return { nextCheckAt: at === Infinity ? null : new Date(at), nextCheckWhy: why }
}

async function fullOptions(platform: Platform, before: MonitorRow): Promise<CreateMonitor> {
  const { options } = before
  if (!options.scrapeOptions) return options
  return { ...options, scrapeOptions: await withSecrets(platform, before, options.scrapeOptions) }
}

/**
 * What was shown in place of secrets stands for them, but only where they would go to the same hosts: whoever may edit a
 * monitor must not have its secrets sent elsewhere.
 */
function withFormerSecrets(former: CreateMonitor, wanted: CreateMonitor): CreateMonitor {
  const { scrapeOptions } = wanted
  if (!scrapeOptions || !hasRedacted(scrapeOptions) || !former.scrapeOptions) return wanted
  if (originsOf(wanted).join(' ') !== originsOf(former).join(' '))
    refuseFaults([{ path: 'scrapeOptions', message: 'give the credentials again: they would go to another host' }])
  return { ...wanted, scrapeOptions: restored(scrapeOptions, former.scrapeOptions) }
}

function originsOf({ url, scrapeOptions }: CreateMonitor): string[] {
  const login = scrapeOptions?.auth?.type === 'form' ? [new URL(scrapeOptions.auth.url).origin] : []
  return [new URL(url).origin, ...login]
}
