import type { SiteRecord } from '../../src/domain/render/site-memory.ts'
import { row } from '../sqlite/sql.ts'

/** Records as old as this say nothing any more. */
const KEPT_MS = 7 * 24 * 3_600_000

/** What renders have brought on each host of the domain. */
export class RenderRecords {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  find(host: string): SiteRecord | undefined {
    return row<SiteRecord & Record<string, SqlStorageValue>>(
      this.#sql,
      'SELECT in_vain AS inVain, at FROM render_record WHERE host = ?',
      host,
    )
  }

  put(host: string, { inVain, at }: SiteRecord): void {
    this.#sql.exec('DELETE FROM render_record WHERE at < ?', at - KEPT_MS)
    this.#sql.exec(
      `INSERT INTO render_record (host, in_vain, at) VALUES (?, ?, ?)
       ON CONFLICT (host) DO UPDATE SET in_vain = excluded.in_vain, at = excluded.at`,
      host,
      inVain,
      at,
    )
  }
}
