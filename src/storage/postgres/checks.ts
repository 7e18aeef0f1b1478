import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { type Database, inTransaction } from './database.ts'
import type { MonitorClaim } from './monitor-claims.ts'
import {
  type ChangeRow,
  type CheckRow,
  type MonitorRow,
  type SnapshotRow,
  changes,
  checks,
  monitors,
  snapshots,
  UNCLAIMED,
} from './monitor-tables.ts'
import { asJson } from './monitors.ts'
import { type Announcement, announce } from './outbox.ts'
import { countUse } from './usage.ts'

/** What a check leaves: everything it has found, told and planned. */
export interface CheckRecord {
  check: CheckRow
  snapshot?: SnapshotRow
  change?: ChangeRow
  /** What the monitor is from now on, its claim aside. */
  monitor: Partial<MonitorRow>
  announcements: readonly Announcement[]
}

/**
 * All of a check in one transaction, or nothing of it: undefined when the claim is not held any more, because the check was
 * committed already, the monitor was edited or deleted, or the claim expired. Returns the deliveries to be queued.
 */
export function commitCheck(db: Database, claim: MonitorClaim, record: CheckRecord): Promise<string[] | undefined> {
  return inTransaction(db, async (tx) => {
    if (!(await updateMonitor(tx, claim, record.monitor))) return undefined
    if (record.snapshot) await tx.insert(snapshots).values(record.snapshot)
    await tx.insert(checks).values({ ...record.check, reasons: asJson(record.check.reasons) as never })
    if (record.change) await insertChange(tx, record.change)
    await countUse(tx, record.check.workspaceId, { checks: 1 })
    const deliveries: string[] = []
    for (const announcement of record.announcements) deliveries.push(...(await announce(tx, announcement)))
    return deliveries
  })
}

async function updateMonitor(tx: Database, { monitorId, claimId }: MonitorClaim, after: Partial<MonitorRow>) {
  const { memory, suggestedMasks, siteMemory, ...plain } = after
  const rows = await tx
    .update(monitors)
    .set({
      ...plain,
      ...(memory !== undefined && { memory: memory === null ? null : asJson(memory) }),
      ...(suggestedMasks !== undefined && { suggestedMasks: asJson(suggestedMasks) }),
      ...(siteMemory && { siteMemory: asJson(siteMemory) }),
      ...UNCLAIMED,
    })
    .where(and(eq(monitors.id, monitorId), eq(monitors.claimId, claimId)))
    .returning({ id: monitors.id })
  return rows.length > 0
}

async function insertChange(tx: Database, change: ChangeRow): Promise<void> {
  await tx
    .insert(changes)
    .values({ ...change, summary: asJson(change.summary) as never, diff: asJson(change.diff) as never })
}

export interface Place {
  before?: string
  limit: number
}

/** Newest first. */
export function listChecks(db: Database, monitorId: string, { before, limit }: Place): Promise<CheckRow[]> {
  return db
    .select()
    .from(checks)
    .where(and(eq(checks.monitorId, monitorId), before === undefined ? undefined : lt(checks.id, before)))
    .orderBy(desc(checks.id))
    .limit(limit)
}

export async function dropChecksOlderThan(db: Database, days: number): Promise<void> {
  await db.delete(checks).where(lt(checks.at, sql`now() - make_interval(days => ${days})`))
}
