import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { apiKeys } from './tables.ts'

export interface KeyHolder {
  keyId: string
  workspaceId: string
  scopes: string[]
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
}

/** The holder of a key, found by its hash: the key itself is stored nowhere. */
export async function findKeyHolder(db: Database, keySha256: string): Promise<KeyHolder | undefined> {
  const [holder] = await db
    .select({
      keyId: apiKeys.id,
      workspaceId: apiKeys.workspaceId,
      scopes: apiKeys.scopes,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
      lastUsedAt: apiKeys.lastUsedAt,
    })
    .from(apiKeys)
    .where(eq(apiKeys.keySha256, keySha256))
  return holder
}

export type ApiKeyRow = typeof apiKeys.$inferSelect

export async function insertKey(db: Database, row: ApiKeyRow): Promise<void> {
  await db.insert(apiKeys).values(row)
}

/** Newest first; ids are UUIDv7. */
export function listKeys(
  db: Database,
  workspaceId: string,
  page: { before?: string; limit: number },
): Promise<ApiKeyRow[]> {
  const from = page.before === undefined ? undefined : lt(apiKeys.id, page.before)
  return db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.workspaceId, workspaceId), isNull(apiKeys.revokedAt), from))
    .orderBy(desc(apiKeys.id))
    .limit(page.limit)
}

export async function findKey(db: Database, workspaceId: string, id: string): Promise<ApiKeyRow | undefined> {
  const [row] = await db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.id, id), eq(apiKeys.workspaceId, workspaceId)))
  return row
}

export async function noteKeyUse(db: Database, id: string, at: Date): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: at }).where(eq(apiKeys.id, id))
}

/**
 * Stores the key that takes another's place, and lets that one go on until `oldUntil` at most, in one statement; false when
 * it is gone or something has taken its place before.
 */
export async function replaceKey(db: Database, oldId: string, key: ApiKeyRow, oldUntil: Date): Promise<boolean> {
  const { rows } = await db.execute(sql`
    WITH old AS (
      UPDATE api_keys SET replaced_by = ${key.id}, expires_at = least(expires_at, ${oldUntil.toISOString()}::timestamptz)
      WHERE id = ${oldId} AND workspace_id = ${key.workspaceId} AND replaced_by IS NULL AND revoked_at IS NULL
      RETURNING workspace_id, name, scopes
    )
    INSERT INTO api_keys (id, workspace_id, name, prefix, key_sha256, scopes, created_at, expires_at)
    SELECT ${key.id}::uuid, workspace_id, name, ${key.prefix}, decode(${key.keySha256}, 'hex'), scopes,
      ${key.createdAt.toISOString()}::timestamptz, ${key.expiresAt?.toISOString() ?? null}::timestamptz
    FROM old RETURNING 1`)
  return rows.length > 0
}

/** False when it was gone. */
export async function deleteKeyRow(db: Database, workspaceId: string, id: string): Promise<boolean> {
  const gone = await db
    .delete(apiKeys)
    .where(and(eq(apiKeys.id, id), eq(apiKeys.workspaceId, workspaceId)))
    .returning({ id: apiKeys.id })
  return gone.length > 0
}
