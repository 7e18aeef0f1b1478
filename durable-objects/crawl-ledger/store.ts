import type { FrontierReport } from '../../src/contracts/ledger.ts'
import type { CrawlBrief } from '../../src/domain/crawl/crawl-brief.ts'
import {
  type CrawlCounts,
  type CrawlFailure,
  type CrawlStatus,
  NO_COUNTS,
  addCounts,
} from '../../src/domain/crawl/crawl-status.ts'
import { type Waiting, waitOfAll } from '../../src/domain/crawl/waiting.ts'
import { row, rows } from '../sqlite/sql.ts'

export interface Ledger {
  brief: CrawlBrief
  seeded: boolean
  cancelled: boolean
  paused: boolean
  startedAt: number | null
  finishedAt: number | null
  status: CrawlStatus
  error: CrawlFailure | null
  announced: boolean
  /** Grows with every change that subscribers may see. */
  event: number
}

export interface FrontierStanding {
  domain: string
  sequence: number
  recorded: number
  granted: number
  wants: number
  idle: boolean
}

interface StandingRow extends Record<string, SqlStorageValue> {
  domain: string
  sequence: number
  recorded: number
  granted: number
  wants: number
  idle: number
}

/** The ledger's tables: one crawl, and the latest word of each frontier that it has touched. */
export class LedgerStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  open(brief: CrawlBrief): void {
    if (this.read()) return
    this.#sql.exec('INSERT INTO crawl (brief) VALUES (?)', JSON.stringify(brief))
  }

  read(): Ledger | undefined {
    const found = row<Record<string, SqlStorageValue>>(this.#sql, 'SELECT * FROM crawl')
    if (!found) return undefined
    return {
      brief: JSON.parse(found.brief as string) as CrawlBrief,
      seeded: found.seeded === 1,
      cancelled: found.cancelled === 1,
      paused: found.paused === 1,
      startedAt: found.started_at as number | null,
      finishedAt: found.finished_at as number | null,
      status: found.status as CrawlStatus,
      error: found.error === null ? null : (JSON.parse(found.error as string) as CrawlFailure),
      announced: found.announced === 1,
      event: found.event as number,
    }
  }

  set(
    change: Partial<Record<'seeded' | 'cancelled' | 'paused' | 'announced' | 'started_at' | 'finished_at', number>>,
  ): void {
    for (const [column, value] of Object.entries(change)) this.#sql.exec(`UPDATE crawl SET ${column} = ?`, value)
  }

  setStatus(status: CrawlStatus, error: CrawlFailure | null): void {
    this.#sql.exec('UPDATE crawl SET status = ?, error = ?, event = event + 1', status, error && JSON.stringify(error))
  }

  /** Takes a report in, unless a later one has been heard. */
  hear(report: FrontierReport): boolean {
    const heard = this.#sql.exec(
      `INSERT INTO frontier (domain, sequence, counts, bytes, recorded, granted, wants, idle, seed_failure, waiting)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (domain) DO UPDATE SET sequence = excluded.sequence, counts = excluded.counts, bytes = excluded.bytes,
         recorded = excluded.recorded, granted = excluded.granted, wants = excluded.wants, idle = excluded.idle,
         seed_failure = excluded.seed_failure, waiting = excluded.waiting
       WHERE frontier.sequence < excluded.sequence RETURNING id`,
      report.domain,
      report.sequence,
      JSON.stringify(report.counts),
      report.bytes,
      report.recorded,
      report.granted,
      report.wants,
      report.idle ? 1 : 0,
      report.seedFailure ? JSON.stringify(report.seedFailure) : null,
      report.waiting ? JSON.stringify(report.waiting) : null,
    )
    const isNews = heard.toArray().length > 0
    if (isNews) this.#sql.exec('UPDATE crawl SET event = event + 1')
    return isNews
  }

  setGranted(domain: string, granted: number): void {
    this.#sql.exec('UPDATE frontier SET granted = ? WHERE domain = ?', granted, domain)
  }

  standings(): FrontierStanding[] {
    const found = rows<StandingRow>(
      this.#sql,
      'SELECT domain, sequence, recorded, granted, wants, idle FROM frontier ORDER BY id',
    )
    return found.map((each) => ({ ...each, idle: each.idle === 1 }))
  }

  totals(): { counts: CrawlCounts; bytes: number; seedFailure: CrawlFailure | null } {
    const all = rows<{ counts: string; bytes: number; seed_failure: string | null }>(
      this.#sql,
      'SELECT counts, bytes, seed_failure FROM frontier ORDER BY id',
    )
    const failure = all.find((each) => each.seed_failure !== null)?.seed_failure
    return {
      counts: all.map((each) => JSON.parse(each.counts) as CrawlCounts).reduce(addCounts, NO_COUNTS),
      bytes: all.reduce((sum, each) => sum + each.bytes, 0),
      seedFailure: failure ? (JSON.parse(failure) as CrawlFailure) : null,
    }
  }

  /** What the whole crawl waits for: one frontier that gets on is enough for it to get on. */
  waiting(now: number): Waiting | null {
    const busy = rows<{ waiting: string | null }>(this.#sql, 'SELECT waiting FROM frontier WHERE idle = 0')
    const waits = busy.map((each) => (each.waiting === null ? null : (JSON.parse(each.waiting) as Waiting)))
    return waitOfAll(waits, now)
  }

  clear(): void {
    this.#sql.exec('DELETE FROM crawl')
    this.#sql.exec('DELETE FROM frontier')
  }
}
