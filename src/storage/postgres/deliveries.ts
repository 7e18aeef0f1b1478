import { type SQL, and, desc, eq, getTableColumns, gte, inArray, lt, not, sql } from 'drizzle-orm'
import type { Attempt, DeliveryStatus } from '../../contracts/api/delivery.ts'
import type { EventType } from '../../contracts/api/event-type.ts'
import type { Database } from './database.ts'
import { type ChannelRow, type DeliveryRow, type EventRow, channels, deliveries, events } from './delivery-tables.ts'
import { storable } from './outbox.ts'

/** In a transaction that has waited, now() is long past. */
const NOW = sql`clock_timestamp()`
const inSeconds = (ms: number) => sql`${NOW} + make_interval(secs => ${ms / 1_000})`
const IS_FREE = sql`(${deliveries.leasedUntil} IS NULL OR ${deliveries.leasedUntil} < ${NOW})`
const IS_DUE = sql`${deliveries.nextAttemptAt} <= ${NOW} AND ${IS_FREE}`

/** Whoever claims or settles holds the channel first: so that they wait for one another and count right. */
export async function lockChannelOf(tx: Database, deliveryId: string): Promise<ChannelRow | undefined> {
  const [row] = await tx
    .select(getTableColumns(channels))
    .from(channels)
    .innerJoin(deliveries, eq(deliveries.channelId, channels.id))
    .where(eq(deliveries.id, deliveryId))
    .for('no key update', { of: channels })
  return row
}

export interface Claim {
  deliveryId: string
  channelId: string
  leaseId: string
  leaseMs: number
  /** Most deliveries of the channel at once. */
  concurrency: number
}

/** Takes a delivery that is due, unless somebody has it or the channel has enough to do. */
export async function leaseDelivery(tx: Database, claim: Claim): Promise<DeliveryRow | undefined> {
  const inFlight = sql`(SELECT count(*) FROM deliveries other WHERE other.channel_id = ${claim.channelId}
    AND other.leased_until > ${NOW})`
  const [row] = await tx
    .update(deliveries)
    .set({ leaseId: claim.leaseId, leasedUntil: inSeconds(claim.leaseMs) })
    .where(and(eq(deliveries.id, claim.deliveryId), IS_DUE, sql`${inFlight} < ${claim.concurrency}`))
    .returning()
  return row
}

/** For how long somebody has it still; undefined where nobody has. */
export async function leaseLeftMs(tx: Database, deliveryId: string): Promise<number | undefined> {
  const [row] = await tx
    .select({ leftMs: sql<number>`(extract(epoch FROM ${deliveries.leasedUntil} - ${NOW}) * 1000)::float8` })
    .from(deliveries)
    .where(and(eq(deliveries.id, deliveryId), sql`${deliveries.leasedUntil} > ${NOW}`))
  return row?.leftMs
}

/** Not before `until`: quiet hours, or a channel that asked for rest. */
export async function postponeDelivery(tx: Database, deliveryId: string, until: Date): Promise<void> {
  await tx
    .update(deliveries)
    .set({ nextAttemptAt: until })
    .where(and(eq(deliveries.id, deliveryId), IS_DUE))
}

export async function findEvent(db: Database, id: string): Promise<EventRow | undefined> {
  const [row] = await db.select().from(events).where(eq(events.id, id))
  return row
}

export interface Settlement {
  deliveryId: string
  leaseId: string
  status: DeliveryStatus
  attempts: Attempt[]
  /** Null: there will be no other attempt. */
  againAfterMs: number | null
}

/** Writes down what became of an attempt; false where the lease was over and somebody else had the delivery meanwhile. */
export async function settleDelivery(tx: Database, settlement: Settlement): Promise<boolean> {
  const { deliveryId, leaseId, status, attempts, againAfterMs } = settlement
  const settled = await tx
    .update(deliveries)
    .set({
      status,
      attempts: sql`${storable(attempts)}::jsonb`,
      tries: sql`${deliveries.tries} + 1`,
      nextAttemptAt: againAfterMs === null ? null : inSeconds(againAfterMs),
      leaseId: null,
      leasedUntil: null,
    })
    .where(and(eq(deliveries.id, deliveryId), eq(deliveries.leaseId, leaseId)))
    .returning({ id: deliveries.id })
  return settled.length > 0
}

/** What waits for a channel that gets nothing any more is kept, to be redelivered. */
export async function buryDeliveries(tx: Database, channelId: string): Promise<void> {
  await tx
    .update(deliveries)
    .set({ status: 'dead', nextAttemptAt: null })
    .where(and(eq(deliveries.channelId, channelId), sql`${deliveries.nextAttemptAt} IS NOT NULL`, IS_FREE))
}

/** Of a channel, the ones that may be sent now: longest due first. */
export async function nextDue(db: Database, channelId: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(eq(deliveries.channelId, channelId), IS_DUE))
    .orderBy(deliveries.nextAttemptAt)
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** What is due and may have been forgotten, a few for each channel: whoever settles one looks for the next. */
export async function allDue(db: Database, perChannel: number): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    SELECT due.id FROM channels channel CROSS JOIN LATERAL (
      SELECT id FROM deliveries WHERE channel_id = channel.id AND ${IS_DUE} ORDER BY next_attempt_at LIMIT ${perChannel}
    ) due
    WHERE channel.enabled AND channel.disabled_at IS NULL
      AND channel.id IN (SELECT channel_id FROM deliveries WHERE next_attempt_at <= now())
    LIMIT 10000`)
  return rows.map(({ id }) => id)
}

export interface DeliveryView extends DeliveryRow {
  eventType: EventType
}

const VIEW = { ...getTableColumns(deliveries), eventType: events.type }

export interface DeliveryFilter {
  status?: DeliveryStatus | undefined
  channelId?: string | undefined
  eventId?: string | undefined
}

/** Newest first. */
export function listDeliveries(
  db: Database,
  workspaceId: string,
  page: { before?: string; limit: number } & DeliveryFilter,
): Promise<DeliveryView[]> {
  const narrowed: (SQL | undefined)[] = [
    page.before === undefined ? undefined : lt(deliveries.id, page.before),
    page.status === undefined ? undefined : eq(deliveries.status, page.status),
    page.channelId === undefined ? undefined : eq(deliveries.channelId, page.channelId),
    page.eventId === undefined ? undefined : eq(deliveries.eventId, page.eventId),
  ]
  return db
    .select(VIEW)
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .where(and(eq(deliveries.workspaceId, workspaceId), ...narrowed))
    .orderBy(desc(deliveries.id))
    .limit(page.limit)
}

export async function findDelivery(db: Database, workspaceId: string, id: string): Promise<DeliveryView | undefined> {
  const [row] = await db
    .select(VIEW)
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .where(and(eq(deliveries.workspaceId, workspaceId), eq(deliveries.id, id)))
  return row
}

/** A new round of attempts under the same webhook-id, whatever became of the last one. What is in flight goes on. */
const ANEW = { status: 'pending', tries: 0, nextAttemptAt: NOW } as const

export async function reviveDelivery(tx: Database, id: string): Promise<void> {
  await tx
    .update(deliveries)
    .set(ANEW)
    .where(and(eq(deliveries.id, id), IS_FREE))
}

export async function reviveDeliveries(
  tx: Database,
  range: { channelId: string; since: Date; until: Date; status: readonly DeliveryStatus[] },
): Promise<string[]> {
  const rows = await tx
    .update(deliveries)
    .set(ANEW)
    .where(
      and(
        eq(deliveries.channelId, range.channelId),
        inArray(deliveries.status, [...range.status]),
        gte(deliveries.createdAt, range.since),
        lt(deliveries.createdAt, range.until),
        IS_FREE,
      ),
    )
    .returning({ id: deliveries.id })
  return rows.map(({ id }) => id)
}

export async function dropEventsBefore(db: Database, days: number): Promise<void> {
  const waits = sql`EXISTS (SELECT FROM digest_entries WHERE event_id = ${events.id})`
  await db.delete(events).where(and(lt(events.at, sql`now() - make_interval(days => ${days})`), not(waits)))
}
