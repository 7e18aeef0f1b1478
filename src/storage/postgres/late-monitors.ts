import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { type MonitorRow, monitors } from './monitor-tables.ts'

/** Monitors whose checks are later than their owners want to bear, the latest first; each once until it has been checked. */
export function takeLate(tx: Database, now: Date, limit: number): Promise<MonitorRow[]> {
  const at = sql`${now.toISOString()}::timestamptz`
  return tx
    .update(monitors)
    .set({ lateToldAt: now })
    .where(
      sql`${monitors.id} IN (SELECT id FROM monitors WHERE late_after_ms IS NOT NULL AND late_told_at IS NULL
        AND next_check_at + late_after_ms * interval '1 ms' <= ${at} ORDER BY next_check_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`,
    )
    .returning()
}
