import { type SQL, and, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { type MonitorRow, UNCLAIMED, monitors } from './monitor-tables.ts'

/** A check that is to be made: the monitor is nobody else's until the claim has expired. */
export interface MonitorClaim {
  monitorId: string
  claimId: string
}

export interface ClaimTerms {
  now: Date
  /** How long whoever claims has to begin, and then to end. */
  leaseMs: number
}

const until = ({ now, leaseMs }: ClaimTerms): string => new Date(now.getTime() + leaseMs).toISOString()

/** Nobody is at it, or whoever was has not been heard of in time. */
const isFree = (now: string): SQL => sql`(claim_id IS NULL OR claimed_until <= ${now}::timestamptz)`

/**
 * Claims what is due, the longest overdue first. One statement: whoever runs it at the same time gets others (SKIP LOCKED),
 * and a claim that was given out and never heard of again is given out anew.
 */
export function claimDue(db: Database, limit: number, terms: ClaimTerms): Promise<MonitorClaim[]> {
  const now = terms.now.toISOString()
  return claimed(
    db,
    terms,
    sql`SELECT id FROM monitors WHERE next_check_at <= ${now}::timestamptz AND ${isFree(now)}
      ORDER BY next_check_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`,
  )
}

/** One monitor, if it is due. */
export async function claimIfDue(db: Database, id: string, terms: ClaimTerms): Promise<MonitorClaim | undefined> {
  const now = terms.now.toISOString()
  const due = sql`SELECT id FROM monitors WHERE id = ${id} AND next_check_at <= ${now}::timestamptz AND ${isFree(now)} FOR UPDATE`
  const [claim] = await claimed(db, terms, due)
  return claim
}

async function claimed(db: Database, terms: ClaimTerms, which: SQL): Promise<MonitorClaim[]> {
  const { rows } = await db.execute<{ id: string; claim_id: string }>(sql`
    UPDATE monitors SET claim_id = uuid_v7(), claimed_until = ${until(terms)}::timestamptz, begun_at = NULL
    WHERE id IN (${which}) RETURNING id, claim_id`)
  return rows.map((row) => ({ monitorId: row.id, claimId: row.claim_id }))
}

/** Claims a monitor now, due or not; a check that is under way is the answer to whoever asks for one. */
export async function claimNow(db: Database, id: string, terms: ClaimTerms): Promise<MonitorClaim | undefined> {
  const free = isFree(terms.now.toISOString())
  const { rows } = await db.execute<{ id: string; claim_id: string }>(sql`
    UPDATE monitors SET claim_id = CASE WHEN ${free} THEN uuid_v7() ELSE claim_id END,
      claimed_until = CASE WHEN ${free} THEN ${until(terms)}::timestamptz ELSE claimed_until END,
      begun_at = CASE WHEN ${free} THEN NULL ELSE begun_at END
    WHERE id = ${id} RETURNING id, claim_id`)
  const [row] = rows
  return row && { monitorId: row.id, claimId: row.claim_id }
}

/** Begins a check, once: a message that comes again, or late, or after an edit, finds nothing to begin. */
export async function beginCheck(
  db: Database,
  { monitorId, claimId }: MonitorClaim,
  terms: ClaimTerms,
): Promise<MonitorRow | undefined> {
  const [row] = await db
    .update(monitors)
    .set({ begunAt: terms.now, claimedUntil: new Date(until(terms)) })
    .where(and(eq(monitors.id, monitorId), eq(monitors.claimId, claimId), isNull(monitors.begunAt)))
    .returning()
  return row
}

/** Gives a claim back: the check is for another time, for a reason that is shown. */
export async function postponeCheck(
  db: Database,
  { monitorId, claimId }: MonitorClaim,
  { at, why }: { at: Date; why: string },
): Promise<void> {
  await db
    .update(monitors)
    .set({
      ...UNCLAIMED,
      nextCheckAt: at,
      nextCheckWhy: why,
    })
    .where(and(eq(monitors.id, monitorId), eq(monitors.claimId, claimId)))
}

/** Whose monitor it is. */
export async function workspaceOfMonitor(db: Database, id: string): Promise<string | undefined> {
  const [row] = await db.select({ workspaceId: monitors.workspaceId }).from(monitors).where(eq(monitors.id, id))
  return row?.workspaceId
}

/** Lets a check that was begun be begun again under the same claim. */
export async function releaseCheck(db: Database, { monitorId, claimId }: MonitorClaim): Promise<void> {
  await db
    .update(monitors)
    .set({ begunAt: null })
    .where(and(eq(monitors.id, monitorId), eq(monitors.claimId, claimId)))
}
