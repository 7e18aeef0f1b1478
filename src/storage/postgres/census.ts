import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'

/** What there is, over all workspaces. */
export interface Census {
  workspaces: number
  people: number
  keys: number
  crawls: { status: string; count: number }[]
}

export async function takeCensus(db: Database): Promise<Census> {
  const { rows } = await db.execute<Record<'workspaces' | 'people' | 'keys', number>>(sql`
    SELECT (SELECT count(*) FROM workspaces)::float8 AS workspaces, (SELECT count(*) FROM users)::float8 AS people,
      (SELECT count(*) FROM api_keys WHERE revoked_at IS NULL)::float8 AS keys`)
  const crawls = await db.execute<{ status: string; count: number }>(
    sql`SELECT status, count(*)::float8 AS count FROM crawls GROUP BY status ORDER BY status`,
  )
  const [{ workspaces, people, keys } = { workspaces: 0, people: 0, keys: 0 }] = rows
  return { workspaces, people, keys, crawls: crawls.rows }
}
