import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import { v7 as uuidv7 } from 'uuid'

const PREFIX_CHARACTERS = 12

/** The owner's workspace and key. Idempotent: a changed LAPIS_API_KEY adds a key, and the older ones stay valid. */
export async function seedOwner(client: Client, key: string): Promise<void> {
  await client.query(
    "INSERT INTO workspaces (id, name) SELECT $1, 'Default' WHERE NOT EXISTS (SELECT FROM workspaces)",
    [uuidv7()],
  )
  await client.query(
    `INSERT INTO api_keys (id, workspace_id, name, prefix, key_sha256, scopes)
     SELECT $1, id, 'Owner', $2, $3, '{*}' FROM workspaces ORDER BY created_at, id LIMIT 1
     ON CONFLICT (key_sha256) DO NOTHING`,
    [uuidv7(), key.slice(0, PREFIX_CHARACTERS), createHash('sha256').update(key).digest()],
  )
}
