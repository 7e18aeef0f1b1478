import { and, eq, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import type { MonitorClaim } from './monitor-claims.ts'
import { UNCLAIMED, monitors } from './monitor-tables.ts'

// A look at a watched site is a crawl with the monitor's id; the monitor names the one under way and the one that it is compared with.

/**
 * Has a claimed check wait for a crawl that is about to be opened, and gives the claim back in the same statement: whoever
 * is killed in between leaves a monitor that is looked at again. false: the claim is not held any more.
 */
export async function awaitCrawl(
  db: Database,
  { monitorId, claimId }: MonitorClaim,
  wait: { crawlId: string; until: Date; lateMs: number; why: string },
): Promise<boolean> {
  const rows = await db
    .update(monitors)
    .set({
      crawlId: wait.crawlId,
      lateMs: wait.lateMs,
      nextCheckAt: wait.until,
      nextCheckWhy: wait.why,
      ...UNCLAIMED,
    })
    .where(and(eq(monitors.id, monitorId), eq(monitors.claimId, claimId)))
    .returning({ id: monitors.id })
  return rows.length > 0
}

/** The crawl has ended: its monitor is due. Returns the monitor, if it still waits for it. */
export async function makeLookDue(db: Database, crawlId: string, now: Date): Promise<string | undefined> {
  const [row] = await db
    .update(monitors)
    .set({ nextCheckAt: now })
    .where(eq(monitors.crawlId, crawlId))
    .returning({ id: monitors.id })
  return row?.id
}

/** Crawls of monitors that no monitor names any more; of one monitor, or of all. */
export async function unusedLooks(
  db: Database,
  of: { monitorId?: string | undefined; limit: number },
): Promise<{ id: string; workspaceId: string }[]> {
  const whose = of.monitorId === undefined ? sql`monitor_id IS NOT NULL` : sql`monitor_id = ${of.monitorId}`
  const { rows } = await db.execute<{ id: string; workspace_id: string }>(sql`
    SELECT id, workspace_id FROM crawls WHERE ${whose} AND NOT EXISTS (
      SELECT FROM monitors WHERE monitors.id = crawls.monitor_id AND crawls.id IN (monitors.crawl_id, monitors.base_crawl_id)
    ) LIMIT ${of.limit}`)
  return rows.map((row) => ({ id: row.id, workspaceId: row.workspace_id }))
}
