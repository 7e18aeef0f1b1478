import { createHash } from 'node:crypto'
import type { Candidate, ConsideredUrl } from '../../src/contracts/frontier.ts'
import {
  FAILED,
  FETCHING,
  QUEUED,
  REVOCABLE_SKIPS,
  SKIPPED,
  WAITING,
  shownState,
  storedStates,
  type UrlState,
} from '../../src/domain/crawl/url-state.ts'
import type { Disposition } from '../../src/domain/frontier/disposition.ts'
import { row, rows } from '../sqlite/sql.ts'

/** 128 bits keep a collision among a billion URLs less likely than a disk error, at half the bytes of a whole digest. */
const KEY_BYTES = 16

export interface UrlRow extends Record<string, SqlStorageValue> {
  id: number
  crawl: number
  origin: number
  url: string
  sitemap: number
  depth: number
  state: number
  reason: string | null
  status: number | null
  attempts: number
  slow_downs: number
  lost: number
  lease: number | null
  discovered_from: string | number | null
  redirects: string | null
}

export type Added = 'queued' | 'skipped' | 'lifted' | 'known'

/** The same URL may be wanted as a page and as a sitemap; those are two entries. */
function keyOf({ url, kind }: Candidate): Uint8Array<ArrayBuffer> {
  const name = kind === 'sitemap' ? `sitemap ${url}` : url
  return new Uint8Array(createHash('sha256').update(name).digest().subarray(0, KEY_BYTES))
}

export class UrlTable {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Adds a candidate once per crawl. `refused` wins over queueing; a better way to a URL lifts a revocable skip. */
  add(crawl: number, origin: number, candidate: Candidate, refused: string | undefined): Added {
    const key = keyOf(candidate)
    const inserted = this.#sql.exec(
      `INSERT OR IGNORE INTO url (crawl, key, origin, url, sitemap, depth, state, reason, discovered_from, redirects)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      crawl,
      key,
      origin,
      candidate.url,
      candidate.kind === 'sitemap' ? 1 : 0,
      candidate.depth,
      refused === undefined ? QUEUED : SKIPPED,
      refused ?? null,
      candidate.discoveredFrom ?? null,
      candidate.redirects?.length ? JSON.stringify(candidate.redirects) : null,
    ).rowsWritten
    if (inserted > 0) return refused === undefined ? 'queued' : 'skipped'
    if (refused !== undefined) return 'known'
    if (this.#lift(crawl, key, candidate.depth)) return 'lifted'
    this.#bringNearer(crawl, key, candidate.depth)
    return 'known'
  }

  has(crawl: number, candidate: Candidate): boolean {
    return row(this.#sql, 'SELECT id FROM url WHERE crawl = ? AND key = ?', crawl, keyOf(candidate)) !== undefined
  }

  /** Two pages may name a URL in either order; its depth is the shorter way, as long as it has not been fetched. */
  #bringNearer(crawl: number, key: Uint8Array<ArrayBuffer>, depth: number): void {
    this.#sql.exec(
      `UPDATE url SET depth = ? WHERE crawl = ? AND key = ? AND state IN (${QUEUED}, ${WAITING}) AND depth > ?`,
      depth,
      crawl,
      key,
      depth,
    )
  }

  #lift(crawl: number, key: Uint8Array<ArrayBuffer>, depth: number): boolean {
    const holders = REVOCABLE_SKIPS.map(() => '?').join(', ')
    const lifted = row(
      this.#sql,
      `UPDATE url SET state = ${QUEUED}, reason = NULL, depth = ?
       WHERE crawl = ? AND key = ? AND state = ${SKIPPED} AND reason IN (${holders}) RETURNING id`,
      depth,
      crawl,
      key,
      ...REVOCABLE_SKIPS,
    )
    return lifted !== undefined
  }

  /** The next URLs of a lane: sitemaps first, then nearest to the start, then oldest. */
  next(crawl: number, origin: number, limit: number): UrlRow[] {
    return rows<UrlRow>(
      this.#sql,
      `SELECT * FROM url WHERE crawl = ? AND origin = ? AND state = ${QUEUED} ORDER BY sitemap DESC, depth, id LIMIT ?`,
      crawl,
      origin,
      limit,
    )
  }

  get(id: number): UrlRow | undefined {
    return row<UrlRow>(this.#sql, 'SELECT * FROM url WHERE id = ?', id)
  }

  take(id: number, lease: number): void {
    this.#sql.exec(`UPDATE url SET state = ${FETCHING}, lease = ? WHERE id = ?`, lease, id)
  }

  apply(id: number, change: Disposition): void {
    this.#sql.exec(
      `UPDATE url SET state = ?, reason = ?, status = coalesce(?, status), attempts = attempts + ?, slow_downs = slow_downs + ?,
       retry_at = ?, lease = NULL WHERE id = ?`,
      change.state,
      change.reason,
      change.status,
      change.attempts,
      change.slowDowns,
      change.retryAt,
      id,
    )
  }

  leased(lease: number): UrlRow[] {
    return rows<UrlRow>(this.#sql, 'SELECT * FROM url WHERE lease = ?', lease)
  }

  lose(id: number): void {
    this.#sql.exec(`UPDATE url SET state = ${QUEUED}, lease = NULL, lost = lost + 1 WHERE id = ?`, id)
  }

  /** Queues the URLs whose retry is due and says in which lanes. */
  wake(now: number): { crawl: number; origin: number }[] {
    return rows<{ crawl: number; origin: number }>(
      this.#sql,
      `UPDATE url SET state = ${QUEUED}, retry_at = NULL WHERE state = ${WAITING} AND retry_at <= ? RETURNING crawl, origin`,
      now,
    )
  }

  nextWake(): number | null {
    return (
      row<{ at: number | null }>(this.#sql, `SELECT min(retry_at) AS at FROM url WHERE state = ${WAITING}`)?.at ?? null
    )
  }

  /** Ends every URL of the crawl that is not in flight; says how many pages and sitemaps that were. */
  endQueued(crawl: number, reason: string): { sitemap: number; lost: number; count: number }[] {
    const ended = rows<{ sitemap: number; lost: number }>(
      this.#sql,
      `UPDATE url SET state = ${SKIPPED}, reason = ?, retry_at = NULL
       WHERE crawl = ? AND state IN (${QUEUED}, ${WAITING}) RETURNING sitemap, lost`,
      reason,
      crawl,
    )
    const groups = new Map<string, { sitemap: number; lost: number; count: number }>()
    for (const each of ended) {
      const lost = each.lost > 0 ? 1 : 0
      const group = groups.get(`${each.sitemap}${lost}`) ?? { sitemap: each.sitemap, lost, count: 0 }
      group.count++
      groups.set(`${each.sitemap}${lost}`, group)
    }
    return [...groups.values()]
  }

  /** Fails what waits in a lane: its origin can't be asked. */
  failLane(crawl: number, origin: number, reason: string): UrlRow[] {
    return rows<UrlRow>(
      this.#sql,
      `UPDATE url SET state = ${FAILED}, reason = ?, attempts = attempts + 1
       WHERE crawl = ? AND origin = ? AND state = ${QUEUED} RETURNING *`,
      reason,
      crawl,
      origin,
    )
  }

  list(crawl: number, query: { state?: UrlState; after: number; limit: number }): ConsideredUrl[] {
    const states = query.state ? ` AND u.state IN (${storedStates(query.state).join(', ')})` : ''
    return rows<UrlRow & { referrer: string | null }>(
      this.#sql,
      `SELECT u.*, coalesce(r.url, u.discovered_from) AS referrer FROM url u
       LEFT JOIN url r ON r.id = u.discovered_from AND typeof(u.discovered_from) = 'integer'
       WHERE u.crawl = ? AND u.id > ? AND u.sitemap = 0${states} ORDER BY u.id LIMIT ?`,
      crawl,
      query.after,
      query.limit,
    ).map(considered)
  }

  find(crawl: number, urls: readonly string[]): ConsideredUrl[] {
    return urls.flatMap((url) => {
      const key = keyOf({ url, kind: 'page', depth: 0 })
      const found = row<UrlRow>(this.#sql, 'SELECT * FROM url WHERE crawl = ? AND key = ?', crawl, key)
      return found ? [considered({ ...found, referrer: null })] : []
    })
  }
}

function considered(each: UrlRow & { referrer: string | null }): ConsideredUrl {
  return {
    id: each.id,
    url: each.url,
    state: shownState(each.state),
    ...(each.reason !== null && { reason: each.reason }),
    depth: each.depth,
    ...(each.referrer !== null && { discoveredFrom: String(each.referrer) }),
    attempts: each.attempts,
    ...(each.status !== null && { status: each.status }),
  }
}
