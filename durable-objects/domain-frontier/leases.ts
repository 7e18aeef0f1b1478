import { row, rows } from '../sqlite/sql.ts'

/** A lease lives this long without a word from its visit; visits at work renew it, so a crash costs no more than this. */
export const LEASE_MS = 20_000

export interface LeaseRow extends Record<string, SqlStorageValue> {
  id: number
  lease_id: string
  crawl: number
  origin: number
  gap_ms: number
  concurrency: number
  claimed: number
  expires_at: number
}

export class LeaseTable {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  grant(
    lease: { leaseId: string; crawl: number; origin: number; gapMs: number; concurrency: number },
    now: number,
  ): number {
    const granted = row<{ id: number }>(
      this.#sql,
      `INSERT INTO lease (lease_id, crawl, origin, gap_ms, concurrency, expires_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
      lease.leaseId,
      lease.crawl,
      lease.origin,
      lease.gapMs,
      lease.concurrency,
      now + LEASE_MS,
    )
    return granted?.id ?? 0
  }

  /** The lease, if nobody has let it expire. */
  held(leaseId: string): LeaseRow | undefined {
    return row<LeaseRow>(this.#sql, 'SELECT * FROM lease WHERE lease_id = ?', leaseId)
  }

  isHeldBy(crawl: number): boolean {
    return row(this.#sql, 'SELECT 1 AS held FROM lease WHERE crawl = ? LIMIT 1', crawl) !== undefined
  }

  claim(id: number, expiresAt: number): void {
    this.#sql.exec('UPDATE lease SET claimed = claimed + 1, expires_at = ? WHERE id = ?', expiresAt, id)
  }

  /** Never shortens: a claim with many slow starts has a long life already. */
  renew(id: number, expiresAt: number): number {
    const renewed = row<{ at: number }>(
      this.#sql,
      'UPDATE lease SET expires_at = max(expires_at, ?) WHERE id = ? RETURNING expires_at AS at',
      expiresAt,
      id,
    )
    return renewed?.at ?? 0
  }

  end(id: number): void {
    this.#sql.exec('DELETE FROM lease WHERE id = ?', id)
  }

  expired(now: number): LeaseRow[] {
    return rows<LeaseRow>(this.#sql, 'SELECT * FROM lease WHERE expires_at <= ?', now)
  }

  nextExpiry(): number | null {
    return row<{ at: number | null }>(this.#sql, 'SELECT min(expires_at) AS at FROM lease')?.at ?? null
  }
}
