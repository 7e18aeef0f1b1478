import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import type { Database } from './database.ts'
import { apiKeys } from './tables.ts'

export interface KeyHolder {
  keyId: string
  workspaceId: string
  scopes: string[]
  expiresAt: Date | null
  revokedAt: Date | null
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

export async function deleteKeyRow(db: Database, workspaceId: string, id: string): Promise<void> {
  await db.delete(apiKeys).where(and(eq(apiKeys.id, id), eq(apiKeys.workspaceId, workspaceId)))
}
