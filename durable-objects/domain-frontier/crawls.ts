import type { Closed } from '../../src/domain/crawl/budget.ts'
import type { CrawlBrief } from '../../src/domain/crawl/crawl-brief.ts'
import type { CrawlCounts, CrawlFailure } from '../../src/domain/crawl/crawl-status.ts'
import { row, rows } from '../sqlite/sql.ts'

interface CrawlRow extends Record<string, SqlStorageValue> {
  id: number
  crawl_id: string
  brief: string
  closed: string | null
  seed_failure: string | null
  granted: number
  in_flight: number
  fetched: number
  failed: number
  skipped: number
  duplicate: number
  queued: number
  sitemaps_pending: number
  bytes: number
  sequence: number
  announced_active: number
  admitted_at: number
  paused: number
}

/** One crawl as this frontier sees it. */
export interface FrontierCrawl {
  id: number
  brief: CrawlBrief
  closed: Closed | null
  seedFailure: CrawlFailure | null
  /** Permits to record a page: held in all, and used by pages recorded or in flight. */
  granted: number
  inFlight: number
  counts: CrawlCounts
  bytes: number
  sitemapsPending: number
  admittedAt: number
  /** The ledger has heard that this frontier has work. */
  announcedActive: boolean
  /** Nothing is leased; what is in flight drains. */
  paused: boolean
}

/** Counter changes of one crawl, added up over a transaction and written once. */
export type CounterDelta = Partial<
  Record<'in_flight' | 'fetched' | 'failed' | 'skipped' | 'duplicate' | 'queued' | 'sitemaps_pending' | 'bytes', number>
>

export function isIdle(crawl: FrontierCrawl): boolean {
  return crawl.counts.queued === 0 && crawl.sitemapsPending === 0
}

/** Permits that a lease may still take. */
export function freePermits(crawl: FrontierCrawl): number {
  return Math.max(0, crawl.granted - crawl.counts.fetched - crawl.inFlight)
}

export class CrawlTable {
  readonly #sql: SqlStorage
  readonly #briefs = new Map<number, CrawlBrief>()

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Makes the crawl known; a brief whose home has grown by a redirect widens the one we have, an older one changes nothing. */
  open(brief: CrawlBrief, now: number): FrontierCrawl {
    const known = this.find(brief.crawlId)
    if (known) return this.#widen(known, brief)
    this.#sql.exec(
      'INSERT INTO crawl (crawl_id, brief, admitted_at) VALUES (?, ?, ?)',
      brief.crawlId,
      JSON.stringify(brief),
      now,
    )
    const opened = this.find(brief.crawlId)
    if (!opened) throw new Error(`crawl ${brief.crawlId} vanished while it was opened`)
    return opened
  }

  #widen(known: FrontierCrawl, brief: CrawlBrief): FrontierCrawl {
    const hosts = [...new Set([...known.brief.scope.hosts, ...brief.scope.hosts])]
    if (hosts.length === known.brief.scope.hosts.length) return known
    const widened = { ...known.brief, scope: { ...known.brief.scope, hosts } }
    this.#sql.exec('UPDATE crawl SET brief = ? WHERE id = ?', JSON.stringify(widened), known.id)
    this.#briefs.set(known.id, widened)
    return { ...known, brief: widened }
  }

  find(crawlId: string): FrontierCrawl | undefined {
    const found = row<CrawlRow>(this.#sql, 'SELECT * FROM crawl WHERE crawl_id = ?', crawlId)
    return found && this.#read(found)
  }

  get(id: number): FrontierCrawl | undefined {
    const found = row<CrawlRow>(this.#sql, 'SELECT * FROM crawl WHERE id = ?', id)
    return found && this.#read(found)
  }

  add(id: number, delta: CounterDelta): void {
    const changes = Object.entries(delta).filter(([, by]) => by !== 0)
    const sets = changes.map(([column]) => `${column} = ${column} + ?`)
    this.#sql.exec(
      `UPDATE crawl SET ${['dirty = 1', ...sets].join(', ')} WHERE id = ?`,
      ...changes.map(([, by]) => by),
      id,
    )
  }

  close(id: number, reason: Closed): void {
    this.#sql.exec('UPDATE crawl SET closed = coalesce(closed, ?), dirty = 1 WHERE id = ?', reason, id)
  }

  setPaused(id: number, paused: boolean): void {
    this.#sql.exec('UPDATE crawl SET paused = ? WHERE id = ?', paused ? 1 : 0, id)
  }

  seedFailed(id: number, failure: CrawlFailure): void {
    this.#sql.exec(
      'UPDATE crawl SET seed_failure = coalesce(seed_failure, ?), dirty = 1 WHERE id = ?',
      JSON.stringify(failure),
      id,
    )
  }

  served(id: number, turn: number): void {
    this.#sql.exec('UPDATE crawl SET served_at = ? WHERE id = ?', turn, id)
  }

  /** Sets what the ledger granted or what an idle frontier gives back. */
  setGranted(id: number, granted: number): void {
    this.#sql.exec('UPDATE crawl SET granted = ? WHERE id = ? AND granted <> ?', granted, id, granted)
  }

  /** Numbers the next report and takes note that everything up to now is in it. */
  nextReport(id: number): number {
    const next = row<{ sequence: number }>(
      this.#sql,
      'UPDATE crawl SET sequence = sequence + 1, dirty = 0 WHERE id = ? RETURNING sequence',
      id,
    )
    return next?.sequence ?? 0
  }

  announced(id: number, active: boolean): void {
    this.#sql.exec('UPDATE crawl SET announced_active = ? WHERE id = ?', active ? 1 : 0, id)
  }

  markDirty(id: number): void {
    this.#sql.exec('UPDATE crawl SET dirty = 1 WHERE id = ?', id)
  }

  dirty(): number[] {
    return rows<{ id: number }>(this.#sql, 'SELECT id FROM crawl WHERE dirty = 1').map((each) => each.id)
  }

  forget(id: number): void {
    this.#briefs.delete(id)
    for (const table of ['url', 'lane', 'lease', 'trap']) this.#sql.exec(`DELETE FROM ${table} WHERE crawl = ?`, id)
    this.#sql.exec('DELETE FROM crawl WHERE id = ?', id)
  }

  #read(from: CrawlRow): FrontierCrawl {
    const brief = this.#briefs.get(from.id) ?? (JSON.parse(from.brief) as CrawlBrief)
    this.#briefs.set(from.id, brief)
    const { fetched, failed, skipped, duplicate, queued } = from
    const discovered = fetched + failed + skipped + duplicate + queued
    return {
      id: from.id,
      brief,
      closed: from.closed as Closed | null,
      seedFailure: from.seed_failure === null ? null : (JSON.parse(from.seed_failure) as CrawlFailure),
      granted: from.granted,
      inFlight: from.in_flight,
      counts: { discovered, fetched, failed, skipped, duplicate, queued },
      bytes: from.bytes,
      sitemapsPending: from.sitemaps_pending,
      admittedAt: from.admitted_at,
      announcedActive: from.announced_active === 1,
      paused: from.paused === 1,
    }
  }
}
