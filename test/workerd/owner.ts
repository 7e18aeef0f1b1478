import { createHash } from 'node:crypto'
import { env } from 'cloudflare:workers'
import { Client } from 'pg'

/** Makes a workspace with an API key of the given scopes, and returns the key. Each call is a workspace of its own. */
export async function newOwner(scopes: readonly string[] = ['*']): Promise<string> {
  const key = `lps_${crypto.randomUUID().replaceAll('-', '')}`
  const digest = createHash('sha256').update(key).digest('hex')
  // Not ended: that would leave a rejection in workerd; the runtime closes it with the test.
  const client = new Client({ connectionString: env.HYPERDRIVE.connectionString })
  await client.connect()
  const workspaceId = crypto.randomUUID()
  await client.query('INSERT INTO workspaces (id, name) VALUES ($1, $2)', [workspaceId, 'Test'])
  await client.query(
    'INSERT INTO api_keys (id, workspace_id, name, prefix, key_sha256, scopes) VALUES ($1, $2, $3, $4, $5, $6)',
    [crypto.randomUUID(), workspaceId, 'Test', key.slice(0, 12), `\\x${digest}`, scopes],
  )
  return key
}
