import { and, desc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Place } from './checks.ts'
import type { Database } from './database.ts'
import { type ChangeRow, type SnapshotRow, changes, snapshots } from './monitor-tables.ts'

export interface ChangeFilter {
  acknowledged?: boolean | undefined
  monitorId?: string | undefined
  /** Of monitors with this tag. */
  tag?: string | undefined
}

/** Newest first. */
export function listChanges(
  db: Database,
  workspaceId: string,
  { before, limit, acknowledged, monitorId, tag }: Place & ChangeFilter,
): Promise<ChangeRow[]> {
  const tagged = sql`EXISTS (SELECT FROM monitors WHERE monitors.id = ${changes.monitorId} AND tags @> ARRAY[${tag}]::text[])`
  return db
    .select()
    .from(changes)
    .where(
      and(
        monitorId === undefined ? eq(changes.workspaceId, workspaceId) : eq(changes.monitorId, monitorId),
        before === undefined ? undefined : lt(changes.id, before),
        acknowledged === undefined ? undefined : isAcknowledged(acknowledged),
        tag === undefined ? undefined : tagged,
      ),
    )
    .orderBy(desc(changes.id))
    .limit(limit)
}

function isAcknowledged(wanted: boolean) {
  return wanted ? isNotNull(changes.acknowledgedAt) : isNull(changes.acknowledgedAt)
}

/** Who was first stays. undefined: there is no such change. */
export async function acknowledgeChange(
  tx: Database,
  { workspaceId, id }: { workspaceId: string; id: string },
  seen: { by: string; at: Date } | null,
): Promise<ChangeRow | undefined> {
  const set = seen
    ? {
        acknowledgedAt: sql`coalesce(${changes.acknowledgedAt}, ${seen.at.toISOString()}::timestamptz)`,
        acknowledgedBy: sql`coalesce(${changes.acknowledgedBy}, ${seen.by}::uuid)`,
      }
    : { acknowledgedAt: null, acknowledgedBy: null }
  const [row] = await tx
    .update(changes)
    .set(set)
    .where(and(eq(changes.id, id), eq(changes.workspaceId, workspaceId)))
    .returning()
  return row
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
