import { type SQL, sql } from 'drizzle-orm'
import type { EventType } from '../../contracts/api/event-type.ts'
import type { Database } from './database.ts'

export interface Announcement {
  workspaceId: string
  type: EventType
  /** The crawl, monitor or channel that it happened to. */
  subjectId: string
  /** `data` of the webhook's body, as shown to receivers. */
  data: object
  /** Only these channels, as far as they listen; without it, every channel of the workspace that listens. */
  channelIds?: readonly string[]
}

/**
 * Puts an event into the outbox, with a delivery for each channel that listens. Call it with the transaction that makes
 * the change it tells of: both are there afterwards, or neither. Returns deliveries for `sendSoon`
 * (src/flows/delivery/send-soon.ts) once the transaction has committed; what is never queued is found by the sweep.
 */
export async function announce(tx: Database, announcement: Announcement): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`SELECT ${announced(announcement)} AS id`)
  return rows.map(({ id }) => id)
}

/**
 * The same as a fragment, for a statement that makes the change by itself: `WITH changed AS (UPDATE … RETURNING …) SELECT
 * ${announced(…)} AS id FROM changed` announces once for each row of `changed`. Any part may be SQL.
 */
export function announced(announcement: {
  workspaceId: string | SQL
  type: EventType | SQL
  subjectId: string | SQL
  data: object | SQL
  channelIds?: readonly string[] | SQL
}): SQL {
  const { workspaceId, type, subjectId, data, channelIds } = announcement
  const only = channelIds === undefined || isSql(channelIds) ? (channelIds ?? sql`NULL`) : idsOf(channelIds)
  const told = isSql(data) ? data : sql`${storable(data)}`
  return sql`announce((${workspaceId})::uuid, (${type})::text, (${subjectId})::uuid, (${told})::jsonb, (${only})::uuid[])`
}

function isSql(value: object): value is SQL {
  return 'queryChunks' in value
}

function idsOf(ids: readonly string[]): SQL {
  return sql`${`{${ids.join(',')}}`}`
}

/** Postgres takes neither U+0000 nor half a surrogate pair; what a page has of them is left out. */
export function storable(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'string' ? each.toWellFormed().replaceAll('\0', '') : each,
  )
}
