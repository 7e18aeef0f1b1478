import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { bigint, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Database } from './database.ts'
import { bytea, moment } from './tables.ts'

const captures = pgTable('captures', {
  id: uuid('id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  crawlId: uuid('crawl_id'),
  contentType: text('content_type').notNull(),
  bytes: bigint('bytes', { mode: 'number' }),
  createdAt: moment('created_at').notNull().defaultNow(),
  /** Of an answer that may be given again: what was asked. */
  asked: bytea('asked'),
})

export type CaptureRow = typeof captures.$inferSelect
export type NewCapture = Pick<CaptureRow, 'id' | 'workspaceId' | 'crawlId' | 'contentType' | 'asked'>

/** Before its object is there. */
export async function announceCaptures(db: Database, rows: NewCapture[]): Promise<void> {
  if (rows.length > 0) await db.insert(captures).values(rows)
}

/** The objects are there. False: a row is not any more, because its crawl or workspace is gone. */
export async function confirmCaptures(db: Database, stored: { id: string; bytes: number }[]): Promise<boolean> {
  if (stored.length === 0) return true
  const { rows } = await db.execute(sql`
    UPDATE captures SET bytes = stored.bytes
    FROM jsonb_to_recordset(${JSON.stringify(stored)}::jsonb) AS stored(id uuid, bytes bigint)
    WHERE captures.id = stored.id RETURNING captures.id`)
  return rows.length === stored.length
}

export async function findCapture(db: Database, workspaceId: string, id: string): Promise<CaptureRow | undefined> {
  const [row] = await db
    .select()
    .from(captures)
    .where(
      and(
        eq(captures.workspaceId, workspaceId),
        eq(captures.id, id),
        isNotNull(captures.bytes),
        isNull(captures.asked),
      ),
    )
  return row
}

/** The latest answer to what was asked, if there is one since then. */
export async function latestAnswer(
  db: Database,
  workspaceId: string,
  { asked, since }: { asked: string; since: Date },
): Promise<CaptureRow | undefined> {
  const isIt = and(eq(captures.workspaceId, workspaceId), eq(captures.asked, asked), gte(captures.createdAt, since))
  const [row] = await db
    .select()
    .from(captures)
    .where(and(isIt, isNotNull(captures.bytes)))
    .orderBy(desc(captures.createdAt))
    .limit(1)
  return row
}

/** Of scrapes: those of crawls go with their crawls. */
export function capturesOlderThan(db: Database, days: number, limit: number): Promise<CaptureRow[]> {
  return db
    .select()
    .from(captures)
    .where(and(isNull(captures.crawlId), lt(captures.createdAt, sql`now() - make_interval(days => ${days}::integer)`)))
    .orderBy(asc(captures.createdAt))
    .limit(limit)
}

export async function deleteCaptureRows(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.delete(captures).where(inArray(captures.id, [...ids]))
}
