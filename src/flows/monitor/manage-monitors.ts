import { v7 as uuidv7 } from 'uuid'
import type { Check, CreateMonitor, Monitor } from '../../contracts/api/monitor.ts'
import { deleteAllBodies } from '../../storage/archive/monitor-bodies.ts'
import type { MonitorRow } from '../../storage/postgres/monitor-tables.ts'
import {
  type MonitorsPage,
  deleteMonitorRow,
  findMonitor,
  insertMonitors,
  listMonitors,
} from '../../storage/postgres/monitors.ts'
import { deedOf, note, recorded } from '../identity/audit.ts'
import type { Caller } from '../identity/authenticate.ts'
import type { Platform } from '../platform.ts'
import { notFound } from '../problem.ts'
import { checkNow, wakeSoon } from './claim.ts'
import { accepted } from './monitor-order.ts'
import { monitorView } from './monitor-view.ts'
import { newMonitorRow } from './new-monitor.ts'
import { dropUnusedLooks } from './site/drop-looks.ts'

const DELETED_AT_ONCE = 100

/** A monitor that is looked at for the first time at once, or when its window opens. */
export async function createMonitor(platform: Platform, caller: Caller, wanted: CreateMonitor): Promise<Monitor> {
  const { workspaceId } = caller
  const order = await accepted(platform, workspaceId, wanted)
  const id = uuidv7({ msecs: platform.now().getTime() })
  const row = await newMonitorRow(platform, { id, workspaceId }, order)
  const deed = deedOf(caller, 'monitor.created', { kind: 'monitor', id })
  const [made] = await recorded(await platform.database(), deed, (tx) => insertMonitors(tx, [row]))
  if (!made) throw new Error(`monitor ${id} was not inserted`)
  await wakeSoon(platform, id, made.nextCheckAt)
  return monitorView(platform, made)
}

export async function monitorRow(platform: Platform, workspaceId: string, id: string): Promise<MonitorRow> {
  const row = await findMonitor(await platform.database(), workspaceId, id)
  if (!row) throw notFound('monitor')
  return row
}

export async function showMonitor(platform: Platform, workspaceId: string, id: string): Promise<Monitor> {
  return monitorView(platform, await monitorRow(platform, workspaceId, id))
}

export async function showMonitors(
  platform: Platform,
  workspaceId: string,
  page: MonitorsPage,
): Promise<{ items: Monitor[]; more: boolean }> {
  const rows = await listMonitors(await platform.database(), workspaceId, { ...page, limit: page.limit + 1 })
  return { items: rows.slice(0, page.limit).map((row) => monitorView(platform, row)), more: rows.length > page.limit }
}

/**
 * With everything it left anywhere: first of all, so that whoever is cut short can be asked again, and once more for what
 * a check has put there meanwhile. One that ends later finds the monitor gone, and takes its own back.
 */
export async function deleteMonitor(platform: Platform, caller: Caller, id: string): Promise<void> {
  const { workspaceId } = await monitorRow(platform, caller.workspaceId, id)
  await deleteTraces(platform, id)
  const deed = deedOf(caller, 'monitor.deleted', { kind: 'monitor', id })
  const isGone = await recorded(await platform.database(), deed, (tx) => deleteMonitorRow(tx, workspaceId, id))
  if (!isGone) throw notFound('monitor')
  await deleteTraces(platform, id)
}

/** Of a workspace that is erased. */
export async function deleteAllMonitors(platform: Platform, workspaceId: string): Promise<void> {
  const db = await platform.database()
  for (;;) {
    const rows = await listMonitors(db, workspaceId, { limit: DELETED_AT_ONCE })
    if (rows.length === 0) return
    for (const { id } of rows) {
      await deleteTraces(platform, id)
      await deleteMonitorRow(db, workspaceId, id)
      await deleteTraces(platform, id)
    }
  }
}

/** What a monitor leaves beside its rows. */
async function deleteTraces(platform: Platform, id: string): Promise<void> {
  await deleteAllBodies(platform.archive, id)
  await dropUnusedLooks(platform, id)
}

/** Has a monitor checked now, paused ones, too. What is answered is the check that is under way. */
export async function orderCheck(platform: Platform, caller: Caller, id: string): Promise<Check> {
  const row = await monitorRow(platform, caller.workspaceId, id)
  // A site's check has the id of its crawl, which may be under way already.
  const checkId = row.crawlId ?? (await checkNow(platform, row.id))
  await note(platform, deedOf(caller, 'monitor.checked', { kind: 'monitor', id }))
  return {
    id: checkId,
    monitorId: row.id,
    verdict: 'queued',
    reason: 'queued',
    reasons: [],
    durationMs: null,
    status: null,
    lateMs: 0,
    snapshotId: null,
    at: platform.now().toISOString(),
  }
}
