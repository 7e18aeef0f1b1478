import { type SQL, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { BANDS, MOST_BITS_APART, MOST_COMPARED } from './near-duplicate-of.ts'

/** A page that is about to be recorded. */
export interface Fingerprint {
  /** Hex. */
  urlKey: string
  simhash: bigint
}

/** Of these pages, the URL keys of those whose main text is almost that of another page that the crawl has recorded. */
export async function findNearDuplicates(
  db: Database,
  crawlId: string,
  fingerprints: readonly Fingerprint[],
): Promise<Set<string>> {
  if (fingerprints.length === 0) return new Set()
  const asked = fingerprints.map(({ urlKey, simhash }) => ({ url_key: urlKey, simhash: simhash.toString() }))
  const near = await db.execute<{ url_key: string }>(sql`
    SELECT asked.url_key FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS asked(url_key text, simhash bigint)
    WHERE ${sql.join(
      BANDS.map((band) => nearInBand(crawlId, band)),
      sql` OR `,
    )}`)
  return new Set(near.rows.map((row) => row.url_key))
}

function nearInBand(crawlId: string, band: string): SQL {
  const of = (table: string) => sql.raw(band.replace('simhash', `${table}.simhash`))
  return sql`EXISTS (SELECT FROM (
      SELECT url_key, simhash FROM pages same
      WHERE same.crawl_id = ${crawlId} AND ${of('same')} = ${of('asked')} AND same.simhash IS NOT NULL
      ORDER BY same.position LIMIT ${MOST_COMPARED}
    ) known
    WHERE bit_count((known.simhash # asked.simhash)::bit(64)) <= ${MOST_BITS_APART}
      AND known.url_key <> decode(asked.url_key, 'hex'))`
}
