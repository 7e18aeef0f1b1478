import type { Check } from '../../contracts/api/monitor.ts'
import type { MonitorChange, MonitorDiff, Snapshot } from '../../contracts/api/monitor-change.ts'
import { listChecks } from '../../storage/postgres/checks.ts'
import { type ChangeFilter, findChange, listChanges, listSnapshots } from '../../storage/postgres/monitor-history.ts'
import { findMonitor } from '../../storage/postgres/monitors.ts'
import type { Platform } from '../platform.ts'
import { notFound } from '../problem.ts'
import { monitorRow } from './manage-monitors.ts'
import { changeView, checkView, diffView, snapshotView } from './monitor-view.ts'

export interface Place {
  before?: string
  limit: number
}

export interface OfMonitor {
  workspaceId: string
  monitorId: string
}

interface Page<Item> {
  items: Item[]
  more: boolean
}

function pageOf<Row, Item>(rows: readonly Row[], limit: number, view: (row: Row) => Item): Page<Item> {
  return { items: rows.slice(0, limit).map(view), more: rows.length > limit }
}

export async function showChecks(platform: Platform, of: OfMonitor, page: Place): Promise<Page<Check>> {
  const { id } = await monitorRow(platform, of.workspaceId, of.monitorId)
  const rows = await listChecks(await platform.database(), id, { ...page, limit: page.limit + 1 })
  return pageOf(rows, page.limit, checkView)
}

export async function showChangesOf(
  platform: Platform,
  of: OfMonitor,
  page: Place & { acknowledged?: boolean | undefined },
): Promise<Page<MonitorChange>> {
  const { id, workspaceId } = await monitorRow(platform, of.workspaceId, of.monitorId)
  return showChanges(platform, workspaceId, { ...page, monitorId: id })
}

/** Of all monitors of the workspace. */
export async function showChanges(
  platform: Platform,
  workspaceId: string,
  page: Place & ChangeFilter,
): Promise<Page<MonitorChange>> {
  const rows = await listChanges(await platform.database(), workspaceId, { ...page, limit: page.limit + 1 })
  return pageOf(rows, page.limit, (row) => changeView(platform, row))
}

export async function showSnapshots(platform: Platform, of: OfMonitor, page: Place): Promise<Page<Snapshot>> {
  const { id } = await monitorRow(platform, of.workspaceId, of.monitorId)
  const rows = await listSnapshots(await platform.database(), id, { ...page, limit: page.limit + 1 })
  return pageOf(rows, page.limit, snapshotView)
}
export async function showChange(platform: Platform, workspaceId: string, id: string): Promise<MonitorDiff> {
  const db = await platform.database()
  const row = await findChange(db, workspaceId, id)
  const monitor = row && (await findMonitor(db, workspaceId, row.monitorId))
  if (!monitor) throw notFound('change')
  return diffView(monitor, row)
}
