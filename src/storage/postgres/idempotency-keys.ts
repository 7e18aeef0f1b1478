import { and, eq, lt, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { idempotencyKeys } from './tables.ts'

export interface StoredAnswer {
  status: number
  headers: Record<string, string>
  body: unknown
}

export type Reservation =
  | { kind: 'ours' }
  | { kind: 'answered'; answer: StoredAnswer }
  | { kind: 'under-way' }
  | { kind: 'other-request' }

/** A first request that has given no answer after this long has died; its key may be taken over. */
const ABANDONED_AFTER_SECONDS = 60

/** Reserves a key for a request, or says what became of the request that holds it. */
export async function reserveKey(
  db: Database,
  workspaceId: string,
  key: string,
  requestSha256: string,
): Promise<Reservation> {
  const reserved = await db.execute(sql`
    INSERT INTO idempotency_keys (workspace_id, key, request_sha256) VALUES (${workspaceId}, ${key}, decode(${requestSha256}, 'hex'))
    ON CONFLICT (workspace_id, key) DO UPDATE SET created_at = now()
      WHERE idempotency_keys.answer IS NULL AND idempotency_keys.request_sha256 = excluded.request_sha256
        AND idempotency_keys.created_at < now() - make_interval(secs => ${ABANDONED_AFTER_SECONDS})
    RETURNING 1`)
  if (reserved.rows.length > 0) return { kind: 'ours' }
  const [held] = await db
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.workspaceId, workspaceId), eq(idempotencyKeys.key, key)))
  if (!held) return { kind: 'under-way' }
  if (held.requestSha256 !== requestSha256) return { kind: 'other-request' }
  return held.answer ? { kind: 'answered', answer: held.answer } : { kind: 'under-way' }
}

export async function storeAnswer(db: Database, workspaceId: string, key: string, answer: StoredAnswer): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ answer })
    .where(and(eq(idempotencyKeys.workspaceId, workspaceId), eq(idempotencyKeys.key, key)))
}

export async function releaseKey(db: Database, workspaceId: string, key: string): Promise<void> {
  await db
    .delete(idempotencyKeys)
    .where(and(eq(idempotencyKeys.workspaceId, workspaceId), eq(idempotencyKeys.key, key)))
}

export async function dropKeysOlderThan(db: Database, hours: number): Promise<void> {
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, sql`now() - make_interval(hours => ${hours})`))
}
