import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { type ChannelRow, type EventRow, channels, digestEntries, events } from './delivery-tables.ts'

/**
 * Locks a channel whose digest is due: its time has come, or it has none any more and something waits for it. Muted and paused
 * ones keep what waits. undefined: there is no such channel.
 */
export async function lockDueDigest(tx: Database, now: Date): Promise<ChannelRow | undefined> {
  const at = sql`${now.toISOString()}::timestamptz`
  const isLeft = sql`(${channels.digest} IS NULL AND ${channels.id} IN (SELECT channel_id FROM digest_entries))`
  const [row] = await tx
    .select()
    .from(channels)
    .where(
      sql`${channels.enabled} AND (${channels.mutedUntil} IS NULL OR ${channels.mutedUntil} <= ${at})
        AND (${channels.nextDigestAt} <= ${at} OR ${isLeft})`,
    )
    .limit(1)
    .for('no key update', { skipLocked: true })
  return row
}

/** Takes what waits for a channel's digest, oldest first, and says how much is left. */
export async function takeEntries(
  tx: Database,
  channelId: string,
  limit: number,
): Promise<{ taken: EventRow[]; left: number }> {
  const waiting = await tx
    .select({ event: events })
    .from(digestEntries)
    .innerJoin(events, eq(events.id, digestEntries.eventId))
    .where(eq(digestEntries.channelId, channelId))
    .orderBy(asc(events.id))
    .limit(limit)
  const taken = waiting.map(({ event }) => event)
  if (taken.length > 0)
    await tx.delete(digestEntries).where(
      and(
        eq(digestEntries.channelId, channelId),
        inArray(
          digestEntries.eventId,
          taken.map(({ id }) => id),
        ),
      ),
    )
  const [left] = await tx.select({ entries: count() }).from(digestEntries).where(eq(digestEntries.channelId, channelId))
  return { taken, left: left?.entries ?? 0 }
}
