import type { FrontierReport, LedgerRpc } from '../../src/contracts/ledger.ts'
import type { Closed } from '../../src/domain/crawl/budget.ts'
import { type FrontierCrawl, freePermits, isIdle } from './crawls.ts'
import type { FrontierStore } from './frontier-store.ts'
import { waitOf } from './waiting.ts'

/** Progress is told this often while nothing decisive happens. */
export const REPORT_EVERY_MS = 500
/** Permits asked for ahead of need: a few batches, so that leasing never waits for the ledger. */
const PERMITS_AHEAD = 256

/**
 * Tells ledgers how their crawls stand here. One report of a crawl is under way at a time, in order; a report that
 * fails is told again, because the crawl stays marked until one has been heard.
 */
export class Reports {
  readonly #store: FrontierStore
  readonly #domain: string
  readonly #ledger: (crawlId: string) => LedgerRpc
  readonly #underWay = new Map<number, Promise<void>>()

  constructor(store: FrontierStore, domain: string, ledger: (crawlId: string) => LedgerRpc) {
    this.#store = store
    this.#domain = domain
    this.#ledger = ledger
  }

  /** Reports once everything before it has been heard. Rejects when the ledger can't be reached. */
  tell(id: number, onClosed: (crawl: FrontierCrawl, reason: Closed) => void): Promise<void> {
    const previous = this.#underWay.get(id) ?? Promise.resolve()
    const current = previous.catch(() => undefined).then(() => this.#tellNow(id, onClosed))
    this.#underWay.set(id, current)
    const clear = () => {
      if (this.#underWay.get(id) === current) this.#underWay.delete(id)
    }
    current.then(clear, clear)
    return current
  }

  /** Whether the ledger surely counts this frontier as busy with the crawl, whatever report may still arrive. */
  knownBusy(crawl: FrontierCrawl): boolean {
    return crawl.announcedActive && !this.#underWay.has(crawl.id)
  }

  async #tellNow(id: number, onClosed: (crawl: FrontierCrawl, reason: Closed) => void): Promise<void> {
    const crawl = this.#store.crawls.get(id)
    if (!crawl) return
    const report = this.#compose(crawl)
    try {
      const reply = await this.#ledger(crawl.brief.crawlId).report(report)
      this.#store.crawls.setGranted(id, reply.granted)
      this.#store.crawls.announced(id, !report.idle)
      // A frontier that the pause did not reach, or that the crawl has reached since.
      this.#store.crawls.setPaused(id, reply.paused ?? false)
      if (reply.closed && crawl.closed === null) onClosed(crawl, reply.closed)
    } catch (error) {
      this.#store.crawls.markDirty(id)
      throw error
    }
  }

  /** An idle frontier gives its unused permits back: another one may need them. */
  #compose(crawl: FrontierCrawl): FrontierReport {
    const idle = isIdle(crawl)
    const used = crawl.counts.fetched + crawl.inFlight
    const granted = idle ? used : crawl.granted
    this.#store.crawls.setGranted(crawl.id, granted)
    return {
      domain: this.#domain,
      sequence: this.#store.crawls.nextReport(crawl.id),
      counts: crawl.counts,
      bytes: crawl.bytes,
      recorded: crawl.counts.fetched,
      granted,
      wants: wantedPermits(crawl),
      idle,
      waiting: waitOf(this.#store, crawl, Date.now()),
      ...(crawl.seedFailure && { seedFailure: crawl.seedFailure }),
    }
  }
}

function wantedPermits(crawl: FrontierCrawl): number {
  if (crawl.closed !== null) return 0
  const waiting = crawl.counts.queued - crawl.inFlight
  return Math.max(0, Math.min(waiting, PERMITS_AHEAD) - freePermits(crawl))
}

/** A report that must not wait for the next round: the crawl may be over here, or leasing needs permits. */
export function isUrgent(crawl: FrontierCrawl): boolean {
  return (isIdle(crawl) && crawl.announcedActive) || (wantedPermits(crawl) > 0 && freePermits(crawl) === 0)
}
