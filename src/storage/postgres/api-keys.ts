import { eq } from 'drizzle-orm'
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
