import { Client } from 'pg'
import { StartFault } from '../start-fault.ts'
import type { DatabaseAddress } from './address.ts'

const CONNECT_TIMEOUT_MS = 10_000

/** Runs what the start has to do in the database, on one connection. */
export async function withDatabase(address: DatabaseAddress, work: (client: Client) => Promise<void>): Promise<void> {
  const { connectionString } = address
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'lapis-start',
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error)
    throw new StartFault(`The database at ${address.external}/${address.database} can't be reached: ${reason}`)
  }
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
