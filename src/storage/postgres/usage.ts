import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'

export interface DayOfUse {
  /** UTC, as in 2026-11-24. */
  date: string
  pages: number
  renders: number
  bytes: number
}

/** Deliveries made on each day since a moment, by date. */
export async function deliveriesByDay(db: Database, workspaceId: string, since: Date): Promise<Map<string, number>> {
  const { rows } = await db.execute<{ date: string; count: number }>(sql`
    SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, count(*)::float8 AS count FROM deliveries
    WHERE workspace_id = ${workspaceId} AND created_at >= ${since.toISOString()}::timestamptz
    GROUP BY 1`)
  return new Map(rows.map(({ date, count }) => [date, Number(count)]))
}

/** What was recorded on each day since a moment, where anything was. Pages of crawls that are deleted do not count any more. */
export async function usageByDay(db: Database, workspaceId: string, since: Date): Promise<DayOfUse[]> {
  const from = sql`${since.toISOString()}::timestamptz`
  // float8, because pg gives bigint as text; exact up to 2^53.
  const { rows } = await db.execute<Record<keyof DayOfUse, unknown>>(sql`
    SELECT to_char(page.fetched_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, count(*)::float8 AS pages,
      count(*) FILTER (WHERE page.document ->> 'rendered' = 'true')::float8 AS renders,
      sum(page.response_length::bigint + page.conversion_length)::float8 AS bytes
    FROM crawls crawl JOIN pages page ON page.crawl_id = crawl.id
    WHERE crawl.workspace_id = ${workspaceId} AND (crawl.finished_at IS NULL OR crawl.finished_at >= ${from})
      AND page.fetched_at >= ${from}
    GROUP BY 1 ORDER BY 1`)
  return rows.map(({ date, pages, renders, bytes }) => ({
    date: String(date),
    pages: Number(pages),
    renders: Number(renders),
    bytes: Number(bytes),
  }))
}
