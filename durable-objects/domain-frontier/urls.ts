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

type KnownUrl = Pick<UrlRow, 'id' | 'state' | 'reason' | 'depth'>

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

  /**
   * Adds a candidate once per crawl. `refusal` is asked once, with whether the URL is new, and wins over queueing; a better
   * way to a known URL lifts a revocable skip. Nearly all links lead to known URLs, so they cost one look-up.
   */
  add(crawl: number, origin: number, candidate: Candidate, refusal: (isNew: boolean) => string | undefined): Added {
    const key = keyOf(candidate)
    const query = 'SELECT id, state, reason, depth FROM url WHERE crawl = ? AND key = ?'
    const known = row<KnownUrl>(this.#sql, query, crawl, key)
    const refused = refusal(known === undefined)
    if (known) return refused === undefined ? this.#meetAgain(known, candidate.depth) : 'known'
    this.#sql.exec(
      `INSERT INTO url (crawl, key, origin, url, sitemap, depth, state, reason, discovered_from, redirects)
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
    )
    return refused === undefined ? 'queued' : 'skipped'
  }

  #meetAgain({ id, state, reason, depth }: KnownUrl, newDepth: number): Added {
    if (state === SKIPPED && REVOCABLE_SKIPS.some((revocable) => revocable === reason)) {
      this.#sql.exec(`UPDATE url SET state = ${QUEUED}, reason = NULL, depth = ? WHERE id = ?`, newDepth, id)
      return 'lifted'
    }
    // Two pages may name a URL in either order; its depth is the shorter way, as long as it has not been fetched.
    if ((state === QUEUED || state === WAITING) && depth > newDepth)
      this.#sql.exec('UPDATE url SET depth = ? WHERE id = ?', newDepth, id)
    return 'known'
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

  /** The next retry of a crawl, and where. */
  nextRetry(crawl: number): { origin: number; at: number } | undefined {
    return row<{ origin: number; at: number }>(
      this.#sql,
      `SELECT origin, retry_at AS at FROM url WHERE state = ${WAITING} AND crawl = ? ORDER BY retry_at LIMIT 1`,
      crawl,
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
