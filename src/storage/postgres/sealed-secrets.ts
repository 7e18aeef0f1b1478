import { type SQL, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { channels } from './delivery-tables.ts'
import { monitors } from './monitor-tables.ts'
import { crawls } from './tables.ts'

/** Rows that keep secrets for as long as they live; those of a crawl end with it. */
const KEEPERS = { channel: channels, monitor: monitors }

export type SecretKeeper = keyof typeof KEEPERS

export interface SealedSecret {
  id: string
  sealed: string
}

/** Secrets sealed with another key than the named one, by id, from after `after` on. Of all workspaces. */
export async function sealedWithOtherKeys(
  db: Database,
  keeper: SecretKeeper,
  page: { keyName: string; after: string; limit: number },
): Promise<SealedSecret[]> {
  const { keyName, after, limit } = page
  const found = await db.execute<{ id: string; sealed: string }>(
    sql`SELECT id, sealed FROM ${KEEPERS[keeper]} WHERE ${isOther(sql`sealed`, keyName)} AND id > ${after} ORDER BY id LIMIT ${limit}`,
  )
  return found.rows
}

/** Puts the new seal in place of the old one, unless somebody has changed the secret meanwhile. */
export async function replaceSeal(
  db: Database,
  keeper: SecretKeeper,
  { id, sealed, anew }: SealedSecret & { anew: string },
): Promise<void> {
  await db.execute(sql`UPDATE ${KEEPERS[keeper]} SET sealed = ${anew} WHERE id = ${id} AND sealed = ${sealed}`)
}

/** How many secrets only an older key opens, those of crawls at work included. */
export async function countSealedWithOtherKeys(db: Database, keyName: string): Promise<number> {
  const count = (rows: SQL, sealed: SQL) => sql`(SELECT count(*) FROM ${rows} AND ${isOther(sealed, keyName)})`
  const counted = await db.execute<{ count: string }>(
    sql`SELECT ${count(sql`${channels} WHERE true`, sql`sealed`)} + ${count(sql`${monitors} WHERE true`, sql`sealed`)}
      + ${count(sql`${crawls} WHERE finished_at IS NULL`, sql`options ->> 'sealed'`)} AS count`,
  )
  return Number(counted.rows[0]?.count ?? 0)
}

/** `v1.<key>.<iv>.<ciphertext>` */
function isOther(sealed: SQL, keyName: string): SQL {
  return sql`${sealed} IS NOT NULL AND split_part(${sealed}, '.', 2) <> ${keyName}`
}
