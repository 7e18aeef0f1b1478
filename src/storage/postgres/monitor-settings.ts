import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { type MonitorSettingsRow, monitorSettings } from './monitor-tables.ts'

/** The tag of settings that hold for all monitors of a workspace. */
export const WHOLE_WORKSPACE = ''

/** Of the workspace first, then by tag. */
export function listSettings(db: Database, workspaceId: string): Promise<MonitorSettingsRow[]> {
  return db
    .select()
    .from(monitorSettings)
    .where(eq(monitorSettings.workspaceId, workspaceId))
    .orderBy(asc(monitorSettings.tag))
}

/** Of the workspace, and of these tags. */
export function settingsFor(db: Database, workspaceId: string, tags: readonly string[]): Promise<MonitorSettingsRow[]> {
  return db
    .select()
    .from(monitorSettings)
    .where(and(eq(monitorSettings.workspaceId, workspaceId), inArray(monitorSettings.tag, [WHOLE_WORKSPACE, ...tags])))
}

/** Puts settings in the place of those that there were, if any. */
export async function putSettings(tx: Database, row: MonitorSettingsRow): Promise<void> {
  const { workspaceId, tag, ...set } = row
  await tx
    .insert(monitorSettings)
    .values(row)
    .onConflictDoUpdate({ target: [monitorSettings.workspaceId, monitorSettings.tag], set })
  await readWholeNextTime(tx, { workspaceId, tag })
}

/** Whether there were any. */
export async function deleteSettings(tx: Database, of: { workspaceId: string; tag: string }): Promise<boolean> {
  const gone = await tx
    .delete(monitorSettings)
    .where(and(eq(monitorSettings.workspaceId, of.workspaceId), eq(monitorSettings.tag, of.tag)))
    .returning({ tag: monitorSettings.tag })
  await readWholeNextTime(tx, of)
  return gone.length > 0
}

/** Under other rules the next reading is a baseline, which a 304 can't be. */
async function readWholeNextTime(tx: Database, of: { workspaceId: string; tag: string }): Promise<void> {
  const tagged = of.tag === WHOLE_WORKSPACE ? sql`true` : sql`tags @> ARRAY[${of.tag}]::text[]`
  await tx.execute(sql`UPDATE monitors SET etag = NULL, last_modified = NULL, body_key = NULL
    WHERE workspace_id = ${of.workspaceId} AND ${tagged}`)
}
