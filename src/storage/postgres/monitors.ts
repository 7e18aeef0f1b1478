import { and, arrayContains, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { channels } from './delivery-tables.ts'
import { type MonitorRow, UNCLAIMED, monitors } from './monitor-tables.ts'
import { storable } from './outbox.ts'

export type NewMonitor = typeof monitors.$inferInsert

export async function insertMonitors(db: Database, rows: readonly NewMonitor[]): Promise<MonitorRow[]> {
  return rows.length === 0
    ? []
    : db
        .insert(monitors)
        .values([...rows])
        .returning()
}

/** A monitor of the workspace; another workspace's is as absent as one that never was. */
export async function findMonitor(db: Database, workspaceId: string, id: string): Promise<MonitorRow | undefined> {
  const [row] = await db
    .select()
    .from(monitors)
    .where(and(eq(monitors.id, id), eq(monitors.workspaceId, workspaceId)))
  return row
}

/** A monitor of whatever workspace, for what the platform does by itself, and for what opens with a token. */
export async function findAnyMonitor(db: Database, id: string): Promise<MonitorRow | undefined> {
  const [row] = await db.select().from(monitors).where(eq(monitors.id, id))
  return row
}

export interface MonitorsPage {
  before?: string
  limit: number
  tag?: string
  status?: 'active' | 'paused' | 'failing'
}

/** Newest first; ids are UUIDv7, so their order is the order of creation. */
export function listMonitors(db: Database, workspaceId: string, page: MonitorsPage): Promise<MonitorRow[]> {
  return db
    .select()
    .from(monitors)
    .where(
      and(
        eq(monitors.workspaceId, workspaceId),
        page.before === undefined ? undefined : lt(monitors.id, page.before),
        page.tag === undefined ? undefined : arrayContains(monitors.tags, [page.tag]),
        page.status === undefined ? undefined : standing(page.status),
      ),
    )
    .orderBy(desc(monitors.id))
    .limit(page.limit)
}

function standing(status: 'active' | 'paused' | 'failing') {
  if (status === 'paused') return eq(monitors.enabled, false)
  return and(eq(monitors.enabled, true), eq(monitors.isFailing, status === 'failing'))
}

export type MonitorEdit = Partial<
  Pick<
    MonitorRow,
    | 'name'
    | 'url'
    | 'options'
    | 'sealed'
    | 'tags'
    | 'enabled'
    | 'memory'
    | 'snapshotId'
    | 'etag'
    | 'lastModified'
    | 'bodyKey'
    | 'nextCheckAt'
    | 'nextCheckWhy'
    | 'updatedAt'
    | 'isFailing'
    | 'failures'
    | 'failingSince'
    | 'crawlId'
    | 'baseCrawlId'
    | 'siteMemory'
    | 'lateAfterMs'
    | 'lateToldAt'
    | 'history'
  >
>

/** Also ends the check that is under way, if any: what it finds was asked for before. undefined: it is not there any more. */
export async function editMonitor(
  db: Database,
  { id, workspaceId }: { id: string; workspaceId: string },
  edit: MonitorEdit,
): Promise<MonitorRow | undefined> {
  const [row] = await db
    .update(monitors)
    .set({ ...edit, ...UNCLAIMED })
    .where(and(eq(monitors.id, id), eq(monitors.workspaceId, workspaceId)))
    .returning()
  return row
}

/** Whether there was one. Its checks, snapshots and changes go with it. */
export async function deleteMonitorRow(db: Database, workspaceId: string, id: string): Promise<boolean> {
  const gone = await db
    .delete(monitors)
    .where(and(eq(monitors.id, id), eq(monitors.workspaceId, workspaceId)))
    .returning({ id: monitors.id })
  return gone.length > 0
}

/** Of these channels, those that the workspace has. */
export async function knownChannels(db: Database, workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .select({ id: channels.id })
    .from(channels)
    .where(and(eq(channels.workspaceId, workspaceId), isNull(channels.crawlId), inArray(channels.id, [...ids])))
  return new Set(rows.map(({ id }) => id))
}

/** JSON as Postgres keeps it: what a page has of U+0000 and half surrogates is left out. */
export function asJson(value: unknown) {
  return sql`${storable(value)}::jsonb`
}
