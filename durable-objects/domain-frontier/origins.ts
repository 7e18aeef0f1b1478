import { type Pace, freshPace } from '../../src/domain/frontier/pace.ts'
import type { FetchFault } from '../../src/domain/fetch/fault.ts'
import type { Robots } from '../../src/domain/robots/robots.ts'
import { row, rows } from '../sqlite/sql.ts'

/** RFC 9309 §2.4: a cached robots.txt is not used for more than 24 hours. */
const ROBOTS_MAX_AGE_MS = 24 * 60 * 60_000
/** A crawl that starts wants to know today's rules, not those of the crawl before. */
const ROBOTS_FRESH_FOR_NEW_CRAWL_MS = 60_000
/** An unreachable robots.txt is asked for again after this; until then its origin is off limits. */
const ROBOTS_UNREACHABLE_AGE_MS = 60_000

interface OriginRow extends Record<string, SqlStorageValue> {
  id: number
  origin: string
  pace: string
  robots: string | null
  robots_fetched_at: number
  robots_attempts: number
  robots_retry_at: number
  robots_lease_until: number
}

/** What robots.txt said; a negative answer is an answer, and kept like one. */
export type RobotsRecord =
  | { kind: 'rules'; robots: Robots }
  | { kind: 'unreachable'; fault: FetchFault; detail: string }

export interface Origin {
  id: number
  origin: string
  pace: Pace
  robots: RobotsRecord | null
  robotsFetchedAt: number
  robotsAttempts: number
  robotsRetryAt: number
  robotsLeaseUntil: number
}

export function robotsAreFresh(origin: Origin, wantedSince: number, now: number): boolean {
  if (!origin.robots) return false
  if (origin.robots.kind === 'unreachable') {
    return origin.robotsFetchedAt >= wantedSince && now < origin.robotsFetchedAt + ROBOTS_UNREACHABLE_AGE_MS
  }
  const oldest = Math.max(now - ROBOTS_MAX_AGE_MS, wantedSince - ROBOTS_FRESH_FOR_NEW_CRAWL_MS)
  return origin.robotsFetchedAt >= oldest
}

export class OriginTable {
  readonly #sql: SqlStorage
  readonly #robots = new Map<number, RobotsRecord>()
  readonly #ids = new Map<string, number>()

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** The row of an origin, made when it is new. */
  idOf(origin: string): number {
    const known = this.#ids.get(origin)
    if (known !== undefined) return known
    this.#sql.exec('INSERT OR IGNORE INTO origin (origin, pace) VALUES (?, ?)', origin, JSON.stringify(freshPace()))
    const id = row<{ id: number }>(this.#sql, 'SELECT id FROM origin WHERE origin = ?', origin)?.id ?? 0
    this.#ids.set(origin, id)
    return id
  }

  get(id: number): Origin {
    const found = row<OriginRow>(this.#sql, 'SELECT * FROM origin WHERE id = ?', id)
    if (!found) throw new Error(`origin ${id} is not in the frontier`)
    return {
      id,
      origin: found.origin,
      pace: JSON.parse(found.pace) as Pace,
      robots: this.#robotsOf(found),
      robotsFetchedAt: found.robots_fetched_at,
      robotsAttempts: found.robots_attempts,
      robotsRetryAt: found.robots_retry_at,
      robotsLeaseUntil: found.robots_lease_until,
    }
  }

  setPace(id: number, pace: Pace): void {
    this.#sql.exec('UPDATE origin SET pace = ? WHERE id = ?', JSON.stringify(pace), id)
  }

  setRobots(id: number, record: RobotsRecord, now: number): void {
    this.#robots.set(id, record)
    this.#sql.exec(
      `UPDATE origin SET robots = ?, robots_fetched_at = ?, robots_attempts = 0, robots_retry_at = 0, robots_lease_until = 0
       WHERE id = ?`,
      JSON.stringify(record),
      now,
      id,
    )
  }

  robotsFailed(id: number, retryAt: number): void {
    this.#sql.exec(
      'UPDATE origin SET robots_attempts = robots_attempts + 1, robots_retry_at = ?, robots_lease_until = 0 WHERE id = ?',
      retryAt,
      id,
    )
  }

  leaseRobots(id: number, until: number): void {
    this.#sql.exec('UPDATE origin SET robots_lease_until = ? WHERE id = ?', until, id)
  }

  /** Fetches in flight on the origin, by all crawls. */
  inFlight(id: number): { leases: number; concurrency: number } {
    const found = row<{ leases: number; concurrency: number }>(
      this.#sql,
      'SELECT count(*) AS leases, coalesce(sum(concurrency), 0) AS concurrency FROM lease WHERE origin = ?',
      id,
    )
    return found ?? { leases: 0, concurrency: 0 }
  }

  /** Crawls that have work on the origin now. */
  crawlsAt(id: number): number[] {
    return rows<{ crawl: number }>(
      this.#sql,
      `SELECT lane.crawl FROM lane JOIN crawl ON crawl.id = lane.crawl
       WHERE lane.origin = ? AND crawl.closed IS NULL AND crawl.paused = 0 AND crawl.queued > 0`,
      id,
    ).map((each) => each.crawl)
  }

  #robotsOf(found: OriginRow): RobotsRecord | null {
    if (found.robots === null) return null
    const known = this.#robots.get(found.id) ?? (JSON.parse(found.robots) as RobotsRecord)
    this.#robots.set(found.id, known)
    return known
  }
}
