import { type NodePgDatabase, drizzle } from 'drizzle-orm/node-postgres'
import { sql } from 'drizzle-orm'
import { Client } from 'pg'
import * as tables from './tables.ts'

export type Database = NodePgDatabase<typeof tables>

/** A statement may not outlast what a request or a batch can wait for. */
const STATEMENT_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 10_000

/**
 * One connection per invocation, opened by the first query: a Worker may not share sockets between requests, and the
 * pool is Hyperdrive's (or PgBouncer's). It is never ended by hand: the runtime closes it with the invocation.
 */
export function openDatabase(connectionString: string): () => Promise<Database> {
  let opened: Promise<Database> | undefined
  return () => (opened ??= connect(connectionString))
}

async function connect(connectionString: string): Promise<Database> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
  })
  // Without a listener a connection that breaks between two queries would be an unhandled error.
  client.on('error', () => undefined)
  await client.connect()
  return drizzle(client, { schema: tables })
}

/** All of what is done with `tx`, or nothing of it. */
export function inTransaction<Result>(db: Database, act: (tx: Database) => Promise<Result>): Promise<Result> {
  return db.transaction(act)
}

/** Rejects when the database does not answer. */
export async function ping(db: Database): Promise<void> {
  await db.execute(sql`SELECT 1`)
}
