import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'

/** What is counted, beside bytes: each of these may have a quota. */
export interface Use {
  pages: number
  renders: number
  bytes: number
  checks: number
  deliveries: number
}

export interface DayOfUse extends Use {
  /** UTC, as in 2026-11-24. */
  date: string
}

// float8, because pg gives bigint as text; exact up to 2^53.
const COUNTS = sql`coalesce(sum(pages), 0)::float8 AS pages, coalesce(sum(renders), 0)::float8 AS renders,
  coalesce(sum(bytes), 0)::float8 AS bytes, coalesce(sum(checks), 0)::float8 AS checks,
  coalesce(sum(deliveries), 0)::float8 AS deliveries`

/** Deliveries are counted from their own rows: they are made inside statements that may count pages, too. */
const USED = sql`(
  SELECT workspace_id, day, pages, renders, bytes, checks, 0 AS deliveries FROM usage_days
  UNION ALL
  SELECT workspace_id, (created_at AT TIME ZONE 'UTC')::date, 0, 0, 0, 0, 1 FROM deliveries
) used`

/** Each day since one, where anything was used. */
export async function usageByDay(db: Database, workspaceId: string, since: string): Promise<DayOfUse[]> {
  const { rows } = await db.execute<Record<keyof DayOfUse, unknown>>(sql`
    SELECT to_char(day, 'YYYY-MM-DD') AS date, ${COUNTS} FROM ${USED}
    WHERE workspace_id = ${workspaceId} AND day >= ${since}::date GROUP BY day ORDER BY day`)
  return rows.map((row) => ({ date: String(row.date), ...useOf(row) }))
}

/** All since a day, of one workspace or of all. */
export async function usageSince(db: Database, since: string, workspaceId?: string): Promise<Use> {
  const whose = workspaceId === undefined ? sql`true` : sql`workspace_id = ${workspaceId}`
  const { rows } = await db.execute<Record<keyof Use, unknown>>(
    sql`SELECT ${COUNTS} FROM ${USED} WHERE ${whose} AND day >= ${since}::date`,
  )
  return useOf(rows[0] ?? {})
}

/** Counts what was used today; pages of crawls are counted where they are recorded. */
export async function countUse(db: Database, workspaceId: string, used: Partial<Use>): Promise<void> {
  const { pages = 0, renders = 0, bytes = 0, checks = 0 } = used
  await db.execute(sql`
    INSERT INTO usage_days AS held (workspace_id, day, pages, renders, bytes, checks)
    VALUES (${workspaceId}, (now() AT TIME ZONE 'UTC')::date, ${pages}, ${renders}, ${bytes}, ${checks})
    ON CONFLICT (workspace_id, day) DO UPDATE SET pages = held.pages + excluded.pages,
      renders = held.renders + excluded.renders, bytes = held.bytes + excluded.bytes,
      checks = held.checks + excluded.checks`)
}

function useOf(row: Partial<Record<keyof Use, unknown>>): Use {
  const { pages, renders, bytes, checks, deliveries } = row
  return {
    pages: Number(pages ?? 0),
    renders: Number(renders ?? 0),
    bytes: Number(bytes ?? 0),
    checks: Number(checks ?? 0),
    deliveries: Number(deliveries ?? 0),
  }
}
