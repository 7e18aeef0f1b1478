import { and, desc, eq, isNotNull, lt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { AuditAction } from '../../contracts/api/audit.ts'
import type { Database } from './database.ts'
import { users } from './identity-tables.ts'
import { auditEvents } from './people-tables.ts'
import { apiKeys } from './tables.ts'

export type NewAuditEvent = typeof auditEvents.$inferInsert

/** Rows of one INSERT: Postgres takes 65,535 parameters, and a row has nine. */
const ROWS_AT_ONCE = 5_000

export async function insertEvents(db: Database, events: readonly NewAuditEvent[]): Promise<void> {
  for (let first = 0; first < events.length; first += ROWS_AT_ONCE)
    await db.insert(auditEvents).values(events.slice(first, first + ROWS_AT_ONCE))
}

export type AuditRow = typeof auditEvents.$inferSelect & { actorName: string | null; targetName: string | null }

const actor = alias(users, 'actor')
const actorKey = alias(apiKeys, 'actor_key')
const target = alias(users, 'target')
const targetKey = alias(apiKeys, 'target_key')

/** Newest first. Names are looked up, not kept: who is no more has none. */
export async function listEvents(
  db: Database,
  workspaceId: string,
  page: { before?: string; action?: AuditAction; limit: number },
): Promise<AuditRow[]> {
  const rows = await db
    .select({
      event: auditEvents,
      actorName: sql<string | null>`coalesce(${actor.email}, ${actorKey.name})`,
      targetName: sql<string | null>`coalesce(${target.email}, ${targetKey.name})`,
    })
    .from(auditEvents)
    .leftJoin(actor, eq(actor.id, auditEvents.actorId))
    .leftJoin(actorKey, eq(actorKey.id, auditEvents.actorId))
    .leftJoin(target, eq(target.id, auditEvents.targetId))
    .leftJoin(targetKey, eq(targetKey.id, auditEvents.targetId))
    .where(
      and(
        eq(auditEvents.workspaceId, workspaceId),
        page.before === undefined ? undefined : lt(auditEvents.id, page.before),
        page.action === undefined ? undefined : eq(auditEvents.action, page.action),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(page.limit)
  return rows.map(({ event, actorName, targetName }) => ({ ...event, actorName, targetName }))
}

/** What a person did, wherever; newest first. */
export function listEventsOf(db: Database, actorId: string): Promise<(typeof auditEvents.$inferSelect)[]> {
  return db.select().from(auditEvents).where(eq(auditEvents.actorId, actorId)).orderBy(desc(auditEvents.id))
}

/** Takes out of events what still leads to a person: the address and the browser. */
export async function blurEvents(db: Database, of: { actorId: string } | { workspaceId: string }): Promise<void> {
  const theirs = 'actorId' in of ? eq(auditEvents.actorId, of.actorId) : eq(auditEvents.workspaceId, of.workspaceId)
  await db
    .update(auditEvents)
    .set({ address: null, userAgent: null })
    .where(and(theirs, or(isNotNull(auditEvents.address), isNotNull(auditEvents.userAgent))))
}

export async function dropEventsOlderThan(db: Database, days: number): Promise<void> {
  await db.delete(auditEvents).where(lt(auditEvents.at, sql`now() - make_interval(days => ${days})`))
}
