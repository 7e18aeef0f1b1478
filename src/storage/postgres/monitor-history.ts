import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Place } from './checks.ts'
import type { Database } from './database.ts'
import { type ChangeRow, type SnapshotRow, changes, snapshots } from './monitor-tables.ts'

/** Newest first. */
export function listChanges(db: Database, monitorId: string, { before, limit }: Place): Promise<ChangeRow[]> {
  return db
    .select()
    .from(changes)
    .where(and(eq(changes.monitorId, monitorId), before === undefined ? undefined : lt(changes.id, before)))
    .orderBy(desc(changes.id))
    .limit(limit)
}

export async function findChange(db: Database, workspaceId: string, id: string): Promise<ChangeRow | undefined> {
  const [row] = await db
    .select()
    .from(changes)
    .where(and(eq(changes.id, id), eq(changes.workspaceId, workspaceId)))
  return row
}

export function listSnapshots(db: Database, monitorId: string, { before, limit }: Place): Promise<SnapshotRow[]> {
  return db
    .select()
    .from(snapshots)
    .where(and(eq(snapshots.monitorId, monitorId), before === undefined ? undefined : lt(snapshots.id, before)))
    .orderBy(desc(snapshots.id))
    .limit(limit)
}

/** Of these snapshots, those that the monitor has. */
export function findSnapshots(db: Database, monitorId: string, ids: readonly string[]): Promise<SnapshotRow[]> {
  return db
    .select()
    .from(snapshots)
    .where(and(eq(snapshots.monitorId, monitorId), inArray(snapshots.id, [...ids])))
}

/** Drops the oldest beyond `keep`, but not the one that the next reading is compared with. Returns their objects. */
export async function pruneSnapshots(db: Database, monitorId: string, keep: number): Promise<string[]> {
  const { rows } = await db.execute<{ object: string }>(sql`
    DELETE FROM snapshots WHERE id IN (
      SELECT id FROM snapshots WHERE monitor_id = ${monitorId} ORDER BY id DESC OFFSET ${keep}
    ) AND id IS DISTINCT FROM (SELECT snapshot_id FROM monitors WHERE id = ${monitorId})
    RETURNING object`)
  return rows.map(({ object }) => object)
}
