import { v7 as uuidv7 } from 'uuid'
import type { AuditAction, AuditEvent, AuditTarget } from '../../contracts/api/audit.ts'
import {
  type AuditRow,
  type NewAuditEvent,
  dropEventsOlderThan,
  insertEvents,
  listEvents,
  listEventsOf,
} from '../../storage/postgres/audit-events.ts'
import { type Database, inTransaction } from '../../storage/postgres/database.ts'
import type { Platform } from '../platform.ts'
import type { Caller } from './authenticate.ts'
import type { CallOrigin } from './call-origin.ts'

/** The trigger audit_events_stay of migrations/0003_people.sql lets nothing younger go. */
const KEPT_DAYS = 90

interface Deed {
  action: AuditAction
  target: { kind: AuditTarget; id: string }
}

/** What a caller does in the workspace on whose behalf they call. */
export function deedOf({ workspaceId, by, from }: Caller, action: AuditAction, target: Deed['target']): NewAuditEvent {
  const actor = by.kind === 'key' ? { kind: by.kind, id: by.keyId } : { kind: by.kind, id: by.userId }
  return event(workspaceId, actor, { action, target }, from)
}

/** What a person does who has no caller yet: who signs in, or resets a password. */
export function deedOfPerson(userId: string, workspaceId: string, deed: Deed, from: CallOrigin): NewAuditEvent {
  return event(workspaceId, { kind: 'person', id: userId }, deed, from)
}

function event(
  workspaceId: string,
  actor: { kind: 'person' | 'key'; id: string },
  { action, target }: Deed,
  from: CallOrigin,
): NewAuditEvent {
  return {
    id: uuidv7(),
    workspaceId,
    action,
    actorKind: actor.kind,
    actorId: actor.id,
    targetKind: target.kind,
    targetId: target.id,
    address: from.address,
    userAgent: from.userAgent,
  }
}

/** A change and the event that tells of it, or neither. A change that says false has changed nothing. */
export function recorded<Result>(
  db: Database,
  events: NewAuditEvent | readonly NewAuditEvent[],
  change: (tx: Database) => Promise<Result>,
): Promise<Result> {
  return inTransaction(db, async (tx) => {
    const result = await change(tx)
    if (result !== false) await insertEvents(tx, [events].flat())
    return result
  })
}

/** Tells of what was done outside Postgres, afterwards. */
export async function note(platform: Platform, deed: NewAuditEvent): Promise<void> {
  await insertEvents(await platform.database(), [deed])
}

export async function showEvents(
  platform: Platform,
  workspaceId: string,
  page: { before?: string; action?: AuditAction; limit: number },
): Promise<{ events: AuditEvent[]; more: boolean }> {
  const rows = await listEvents(await platform.database(), workspaceId, { ...page, limit: page.limit + 1 })
  return { events: rows.slice(0, page.limit).map(shown), more: rows.length > page.limit }
}

/** What a person has done, wherever, as far as it is still kept. */
export async function deedsOf(db: Database, userId: string): Promise<AuditEvent[]> {
  const rows = await listEventsOf(db, userId)
  return rows.map((row) => shown({ ...row, actorName: null, targetName: null }))
}

function shown(row: AuditRow): AuditEvent {
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    target: { kind: row.targetKind, id: row.targetId, name: row.targetName },
    address: row.address,
    userAgent: row.userAgent,
  }
}

export async function dropOldEvents(platform: Platform): Promise<void> {
  await dropEventsOlderThan(await platform.database(), KEPT_DAYS)
}
