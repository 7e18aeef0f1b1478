import { env } from 'cloudflare:workers'
import { Client } from 'pg'

/** Reads or bends what is stored, where a test can't wait for time to pass. */
export async function query(text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  // Not ended: that would leave a rejection in workerd; the runtime closes it with the test.
  const client = new Client({ connectionString: env.HYPERDRIVE.connectionString })
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(text, [...values])
  return rows
}
