import type { TrapPattern } from '../../src/domain/url/trap-pattern.ts'
import { row } from '../sqlite/sql.ts'

/** How many URLs of each growing family a crawl has taken here. */
export class TrapCounts {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Counts a URL that is new to the crawl; true: its family has become a trap. */
  count(crawl: number, { name, most }: TrapPattern): boolean {
    const counted = row<{ taken: number }>(
      this.#sql,
      `INSERT INTO trap (crawl, pattern, taken) VALUES (?, ?, 1)
       ON CONFLICT (crawl, pattern) DO UPDATE SET taken = taken + 1 RETURNING taken`,
      crawl,
      name,
    )
    return counted !== undefined && counted.taken > most
  }
}
