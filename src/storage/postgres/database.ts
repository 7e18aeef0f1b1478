import { type NodePgDatabase, drizzle } from 'drizzle-orm/node-postgres'
import { sql } from 'drizzle-orm'
import { Client } from 'pg'
import { type Connect, postgresStream } from './connection/postgres-stream.ts'
import * as tables from './tables.ts'

export type Database = NodePgDatabase<typeof tables>

/** A statement may not outlast what a request or a batch can wait for. */
const STATEMENT_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 10_000

/**
 * One connection per invocation, opened by the first query: a Worker may not share sockets between requests, and the
 * pool is Hyperdrive's (or PgBouncer's). It is never ended by hand: the runtime closes it with the invocation.
 */
export function openDatabase(connectionString: string, connect: Connect): () => Promise<Database> {
  let opened: Promise<Database> | undefined
  return () => (opened ??= connected(connectionString, connect))
}

async function connected(connectionString: string, connect: Connect): Promise<Database> {
  // Without a password there is nothing that the server could ask for.
  const isTrusted = new URL(connectionString).password === ''
  const client = new Client({
    connectionString,
    stream: () => postgresStream(connect, { isTrusted }),
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
