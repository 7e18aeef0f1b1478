import { sql } from 'drizzle-orm'
import type { Adaptive } from '../../domain/monitor/schedule/schedule.ts'
import type { Database } from './database.ts'
import { WHOLE_WORKSPACE } from './monitor-settings.ts'

/** Workspaces whose adaptive monitors share a budget. */
export async function budgets(db: Database): Promise<{ workspaceId: string; checksPerDay: number }[]> {
  const { rows } = await db.execute<{ workspace_id: string; checks_per_day: number }>(sql`
    SELECT workspace_id, checks_per_day FROM monitor_settings WHERE tag = ${WHOLE_WORKSPACE} AND checks_per_day IS NOT NULL`)
  return rows.map((row) => ({ workspaceId: row.workspace_id, checksPerDay: row.checks_per_day }))
}

/** Those in use; `changeRate` is null before the first check. */
export async function adaptiveMonitors(
  db: Database,
  workspaceId: string,
): Promise<{ adaptive: Adaptive; changeRate: number | null }[]> {
  const { rows } = await db.execute<{ adaptive: Adaptive; change_rate: number | null }>(sql`
    SELECT options #> '{schedule,adaptive}' AS adaptive, change_rate FROM monitors
    WHERE workspace_id = ${workspaceId} AND enabled AND options #> '{schedule,adaptive}' IS NOT NULL`)
  return rows.map((row) => ({ adaptive: row.adaptive, changeRate: row.change_rate }))
}

/** What a check costs from now on, while there is a budget. */
export async function putPrice(db: Database, workspaceId: string, price: number): Promise<void> {
  await db.execute(sql`UPDATE monitor_settings SET check_price = ${price}
    WHERE workspace_id = ${workspaceId} AND tag = ${WHOLE_WORKSPACE} AND checks_per_day IS NOT NULL
      AND check_price IS DISTINCT FROM ${price}`)
}
