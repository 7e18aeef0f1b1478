import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate, readMigrations } from '../../../containers/selfhost/database/migrate.ts'
import '../provided.d.ts'

const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url))
const THREAD = new URL('database-thread.ts', import.meta.url)

/**
 * A PostgreSQL for the tests of the workerd project: the one of LAPIS_TEST_DATABASE_URL, or PGlite in memory, in a thread
 * of its own because its WebAssembly would stall whatever shares its event loop.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['LAPIS_TEST_DATABASE_URL']
  const embedded = given ? undefined : await startThread()
  const databaseUrl = given ?? `postgres://postgres:postgres@127.0.0.1:${embedded?.port}/postgres?sslmode=disable`
  await applyMigrations(databaseUrl)
  project.provide('databaseUrl', databaseUrl)
  return async () => {
    await embedded?.thread.terminate()
  }
}

function startThread(): Promise<{ thread: Worker; port: number }> {
  const thread = new Worker(THREAD)
  return new Promise((resolve, reject) => {
    thread.once('message', (port: number) => resolve({ thread, port }))
    thread.once('error', reject)
  })
}

async function applyMigrations(connectionString: string): Promise<void> {
  const client = new Client({ connectionString })
  await client.connect()
  await migrate(client, readMigrations(MIGRATIONS))
  await client.end()
}
