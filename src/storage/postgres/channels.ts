import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { type ChannelRow, channels } from './delivery-tables.ts'

export type NewChannelRow = typeof channels.$inferInsert
export type ChannelChange = Partial<
  Pick<
    NewChannelRow,
    | 'name'
    | 'config'
    | 'sealed'
    | 'events'
    | 'template'
    | 'quiet'
    | 'mutedUntil'
    | 'digest'
    | 'nextDigestAt'
    | 'enabled'
  >
>

export async function insertChannel(db: Database, row: NewChannelRow): Promise<ChannelRow> {
  const [inserted] = await db.insert(channels).values(row).returning()
  if (!inserted) throw new Error(`channel ${row.id} was not inserted`)
  return inserted
}

/** The webhook of a crawl is the crawl's, and no channel to anybody. */
const ofPeople = (workspaceId: string) => and(eq(channels.workspaceId, workspaceId), isNull(channels.crawlId))

export async function findChannel(db: Database, workspaceId: string, id: string): Promise<ChannelRow | undefined> {
  const [row] = await db
    .select()
    .from(channels)
    .where(and(ofPeople(workspaceId), eq(channels.id, id)))
  return row
}

/** The webhook of a crawl. */
export async function findWebhookOf(
  db: Database,
  workspaceId: string,
  crawlId: string,
): Promise<ChannelRow | undefined> {
  const [row] = await db
    .select()
    .from(channels)
    .where(and(eq(channels.workspaceId, workspaceId), eq(channels.crawlId, crawlId)))
  return row
}

/** A channel of people, and nobody changes it before the transaction is over. */
export async function lockChannel(tx: Database, workspaceId: string, id: string): Promise<ChannelRow | undefined> {
  const [row] = await tx
    .select()
    .from(channels)
    .where(and(ofPeople(workspaceId), eq(channels.id, id)))
    .for('no key update')
  return row
}

/** A channel of whatever workspace, for what the platform does by itself. */
export async function lockAnyChannel(tx: Database, id: string): Promise<ChannelRow | undefined> {
  const [row] = await tx.select().from(channels).where(eq(channels.id, id)).for('no key update')
  return row
}

/** Newest first. */
export function listChannels(
  db: Database,
  workspaceId: string,
  page: { before?: string; limit: number },
): Promise<ChannelRow[]> {
  const from = page.before === undefined ? undefined : lt(channels.id, page.before)
  return db
    .select()
    .from(channels)
    .where(and(ofPeople(workspaceId), from))
    .orderBy(desc(channels.id))
    .limit(page.limit)
}

export async function changeChannel(db: Database, id: string, change: ChannelChange): Promise<ChannelRow | undefined> {
  const [row] = await db.update(channels).set(change).where(eq(channels.id, id)).returning()
  return row
}

/** As good as new to the platform: its owner says that it works again. */
export async function reviveChannel(db: Database, id: string): Promise<void> {
  await db
    .update(channels)
    .set({ disabledAt: null, disabledReason: null, failingSince: null, holdUntil: null, slowDowns: 0 })
    .where(eq(channels.id, id))
}

export async function deleteChannelRow(db: Database, workspaceId: string, id: string): Promise<boolean> {
  const gone = await db
    .delete(channels)
    .where(and(ofPeople(workspaceId), eq(channels.id, id)))
    .returning({ id: channels.id })
  return gone.length > 0
}

/** Something was taken. */
export async function noteSuccess(tx: Database, id: string): Promise<void> {
  await tx.update(channels).set({ failingSince: null, slowDowns: 0, holdUntil: null }).where(eq(channels.id, id))
}

/** Something was not taken; with `holdMs` nothing is sent there for so long. */
export async function noteFailure(tx: Database, id: string, holdMs: number | undefined): Promise<void> {
  const rest =
    holdMs === undefined
      ? {}
      : {
          slowDowns: sql`${channels.slowDowns} + 1`,
          holdUntil: sql`greatest(${channels.holdUntil}, now() + make_interval(secs => ${holdMs / 1_000}))`,
        }
  await tx
    .update(channels)
    .set({ failingSince: sql`coalesce(${channels.failingSince}, now())`, ...rest })
    .where(eq(channels.id, id))
}

export async function disableChannel(tx: Database, id: string, reason: string): Promise<void> {
  await tx
    .update(channels)
    .set({ disabledAt: sql`now()`, disabledReason: reason })
    .where(eq(channels.id, id))
}
