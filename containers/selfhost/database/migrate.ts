import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { StartFault } from '../start-fault.ts'

export interface Migration {
  name: string
  sql: string
  sha256: string
}

interface Applied {
  name: string
  sha256: string
}

/** Any constant will do, as long as it stays: two starts at once wait for each other on it. */
const ADVISORY_LOCK = 7_052_041_001

export function readMigrations(directory: string): Migration[] {
  const names = readdirSync(directory).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
  return names.toSorted().map((name) => {
    const sql = readFileSync(join(directory, name), 'utf8')
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
}

/** Brings the database up to the code. Refuses a history that this code can't have made. */
export async function migrate(client: Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK])
  try {
    await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
      name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`)
    const { rows } = await client.query<Applied>('SELECT name, sha256 FROM schema_migrations ORDER BY name')
    const missing = missingMigrations(migrations, rows)
    for (const migration of missing) await apply(client, migration)
    return missing.map(({ name }) => name)
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [ADVISORY_LOCK])
  }
}

/** Pure: what is still to be applied, or a StartFault that says how the two histories differ. */
export function missingMigrations(ours: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const known = new Map(ours.map((migration) => [migration.name, migration]))
  for (const { name, sha256 } of applied) {
    const migration = known.get(name)
    if (!migration)
      throw new StartFault(
        `The database is newer than this version: it has the migration ${name}, which is unknown here`,
      )
    if (migration.sha256 !== sha256)
      throw new StartFault(`migrations/${name} was changed after it had been applied; add a new migration instead`)
  }
  const done = new Set(applied.map(({ name }) => name))
  const missing = ours.filter(({ name }) => !done.has(name))
  const last = applied.reduce((latest, { name }) => (name > latest ? name : latest), '')
  const late = missing.find(({ name }) => name < last)
  if (late)
    throw new StartFault(
      `migrations/${late.name} would come before ${last}, which is applied already; give it the next number`,
    )
  return missing
}

async function apply(client: Client, { name, sql, sha256 }: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query('INSERT INTO schema_migrations (name, sha256) VALUES ($1, $2)', [name, sha256])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new StartFault(`migrations/${name} failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}
