import { type SQL, sql } from 'drizzle-orm'
import { NEAR_DUPLICATE_BITS } from '../../domain/page/near-duplicate.ts'
import { pages } from './tables.ts'

export const MOST_BITS_APART = sql.raw(String(NEAR_DUPLICATE_BITS))

/**
 * Pages of a band that are compared. Only in crawls of many thousand pages cut to one pattern, where a band holds a good
 * part of them all, is it fewer than there are; without a bound each page of such a crawl would be compared with each.
 */
export const MOST_COMPARED = sql.raw('500')

/** The bands of migrations/0004_since.sql, written as its indexes are. */
export const BANDS = [
  '((simhash >> 48) & 65535)',
  '((simhash >> 32) & 65535)',
  '((simhash >> 16) & 65535)',
  '(simhash & 65535)',
]

function nearInBand(band: string): SQL {
  const of = (table: string) => sql.raw(band.replace('simhash', `${table}.simhash`))
  return sql`(SELECT earlier.url, earlier.position FROM (
      SELECT url, position, simhash FROM pages same
      WHERE same.crawl_id = ${pages.crawlId} AND ${of('same')} = ${of('pages')} AND same.simhash IS NOT NULL
        AND same.position < ${pages.position}
      ORDER BY same.position LIMIT ${MOST_COMPARED}
    ) earlier
    WHERE bit_count((earlier.simhash # ${pages.simhash})::bit(64)) <= ${MOST_BITS_APART}
    ORDER BY earlier.position LIMIT 1)`
}

/**
 * The URL of the first page of the crawl before the selected one whose main text is almost the same. Looked up when it is
 * read: what came earlier is settled by then, which it is not while batches are recorded side by side.
 */
export const NEAR_DUPLICATE_OF: SQL<string | null> = sql<
  string | null
>`(SELECT near.url FROM (${sql.join(BANDS.map(nearInBand), sql` UNION ALL `)}) near ORDER BY near.position LIMIT 1)`
