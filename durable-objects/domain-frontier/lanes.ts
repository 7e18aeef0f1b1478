import { rows } from '../sqlite/sql.ts'

export interface Lane extends Record<string, SqlStorageValue> {
  crawl: number
  origin: number
  queued: number
  sitemaps: string
}

/** A crawl's queue on one origin. */
export class LaneTable {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  add(crawl: number, origin: number, queued: number): void {
    this.#sql.exec(
      `INSERT INTO lane (crawl, origin, queued) VALUES (?, ?, ?)
       ON CONFLICT (crawl, origin) DO UPDATE SET queued = queued + excluded.queued`,
      crawl,
      origin,
      queued,
    )
  }

  /** The crawl wants the sitemaps of this origin, as soon as its robots.txt is known; false if it had asked before. */
  wantSitemaps(crawl: number, origin: number): boolean {
    const asked = this.#sql.exec(
      `INSERT INTO lane (crawl, origin, sitemaps) VALUES (?, ?, 'wanted')
       ON CONFLICT (crawl, origin) DO UPDATE SET sitemaps = 'wanted' WHERE sitemaps = 'none' RETURNING crawl`,
      crawl,
      origin,
    )
    return asked.toArray().length > 0
  }

  sitemapsAsked(crawl: number, origin: number): void {
    this.#sql.exec(`UPDATE lane SET sitemaps = 'asked' WHERE crawl = ? AND origin = ?`, crawl, origin)
  }

  clear(crawl: number): void {
    this.#sql.exec(`UPDATE lane SET queued = 0, sitemaps = 'asked' WHERE crawl = ?`, crawl)
  }

  /** Lanes whose crawl wants to be served, the one that was served longest ago first. */
  serveable(): Lane[] {
    return rows<Lane>(
      this.#sql,
      `SELECT lane.* FROM lane JOIN crawl ON crawl.id = lane.crawl
       WHERE crawl.paused = 0 AND (lane.queued > 0 OR lane.sitemaps = 'wanted') ORDER BY crawl.served_at, lane.origin`,
    )
  }

  /** A crawl's lanes in order of their origins. */
  ofCrawl(crawl: number, { after, limit }: { after: number; limit: number }): Lane[] {
    return rows<Lane>(
      this.#sql,
      'SELECT * FROM lane WHERE crawl = ? AND origin > ? ORDER BY origin LIMIT ?',
      crawl,
      after,
      limit,
    )
  }

  /** A crawl's lanes with something to do, `limit` at most. */
  waitingOf(crawl: number, limit: number): Lane[] {
    return rows<Lane>(
      this.#sql,
      `SELECT * FROM lane WHERE crawl = ? AND (queued > 0 OR sitemaps = 'wanted') LIMIT ?`,
      crawl,
      limit,
    )
  }

  /** Lanes with something to do, paused or not. */
  waiting(): Lane[] {
    return rows<Lane>(this.#sql, `SELECT * FROM lane WHERE queued > 0 OR sitemaps = 'wanted'`)
  }
}
