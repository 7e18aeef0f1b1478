import { v7 as uuidv7 } from 'uuid'
import { CreateMonitor } from '../../contracts/api/monitor.ts'
import type { ImportMonitors, ImportedMonitors } from '../../contracts/api/monitor-change.ts'
import { readAs } from '../../contracts/faults/read-as.ts'
import { literalAddressVerdict } from '../../domain/fetch/address.ts'
import { readChangedetection } from '../../domain/monitor-import/changedetection.ts'
import type { Imported, Wanted } from '../../domain/monitor-import/imported.ts'
import { readUrlList } from '../../domain/monitor-import/url-list.ts'
import { readUrlwatch } from '../../domain/monitor-import/urlwatch.ts'
import { placeOf } from '../../domain/monitor/schedule/jitter.ts'
import { type NewMonitor, insertMonitors } from '../../storage/postgres/monitors.ts'
import { deedOf, recorded } from '../identity/audit.ts'
import type { Caller } from '../identity/authenticate.ts'
import type { Platform } from '../platform.ts'
import { monitorFaults, refuseUnknownChannels, refuseUnusableOptions } from './monitor-order.ts'
import { fetchableUrl } from '../acceptable-url.ts'
import { Refusal, invalid, refuseFaults } from '../problem.ts'
import { newMonitorRow } from './new-monitor.ts'
import { withOneRender } from './one-render.ts'

const MOST_ENTRIES = 10_000
const DEFAULT_SCHEDULE = { every: '1h' }
/** First checks of an import are spread over this time: sites and queues are met one after the other. */
const SPREAD_MS = 30 * 60_000
/** Rows of one INSERT: Postgres takes 65,535 parameters, and a row has two dozen. */
const ROWS_AT_ONCE = 500

/** Makes monitors of a list, all that can be made of it: what can't is named with the reason, and stops nothing. */
export async function importMonitors(
  platform: Platform,
  caller: Caller,
  request: ImportMonitors,
): Promise<ImportedMonitors> {
  await refuseUnknownChannels(platform, caller.workspaceId, request.defaults.channels ?? [])
  const { wanted, refused, notes } = read(request)
  if (wanted.length > MOST_ENTRIES)
    refuseFaults([{ path: 'content', message: `has ${wanted.length} entries; ${MOST_ENTRIES} at once are the most` }])
  const rows: NewMonitor[] = []
  for (const entry of wanted) {
    const made = await rowOf(platform, caller, { schedule: DEFAULT_SCHEDULE, ...request.defaults, ...entry })
    if ('reason' in made) refused.push({ entry: entry.url, reason: made.reason })
    else rows.push(made)
  }
  const deeds = rows.map(({ id }) => deedOf(caller, 'monitor.created', { kind: 'monitor', id }))
  await recorded(await platform.database(), deeds, async (tx) => {
    for (let first = 0; first < rows.length; first += ROWS_AT_ONCE)
      await insertMonitors(tx, rows.slice(first, first + ROWS_AT_ONCE))
  })
  return { created: rows.length, ids: rows.map(({ id }) => id), refused, notes }
}

function read({ format, content }: ImportMonitors): Imported {
  try {
    switch (format) {
      case 'urls':
        return readUrlList(content)
      case 'changedetection':
        return readChangedetection(content)
      case 'urlwatch':
        return readUrlwatch(content)
    }
  } catch (error) {
    refuseFaults([{ path: 'content', message: `can't be read as ${format}: ${String(error)}` }])
    throw error
  }
}

/** What is refused of one entry is its reason, and nobody else's matter. */
async function rowOf(platform: Platform, caller: Caller, entry: Wanted): Promise<NewMonitor | { reason: string }> {
  try {
    return await acceptedRow(platform, caller, entry)
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.message }
    throw error
  }
}

/** Names are not resolved here, ten thousand would take too long: the runtime refuses private addresses when it connects. */
async function acceptedRow(platform: Platform, caller: Caller, entry: Wanted): Promise<NewMonitor> {
  const shape = readAs(CreateMonitor, entry)
  if (!shape.ok) throw invalid(shape.faults)
  const fetchable = fetchableUrl(shape.value.url)
  if (!fetchable.ok) throw invalid([{ path: 'url', message: fetchable.message }])
  if (literalAddressVerdict(new URL(fetchable.url).hostname, platform.net.allowedNetworks) === 'private')
    throw invalid([{ path: 'url', message: 'is a private address' }])
  const order = withOneRender({ ...shape.value, url: fetchable.url })
  refuseFaults(monitorFaults(platform, order))
  refuseUnusableOptions(order)
  const id = uuidv7({ msecs: platform.now().getTime() })
  const row = await newMonitorRow(platform, { id, workspaceId: caller.workspaceId }, order)
  const at = row.nextCheckAt && new Date(row.nextCheckAt.getTime() + (placeOf(id) * SPREAD_MS) / platform.clockSpeed)
  return { ...row, nextCheckAt: at ?? null }
}
