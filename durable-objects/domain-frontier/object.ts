import { DurableObject } from 'cloudflare:workers'
import type {
  Admission,
  Claim,
  ConsideredUrl,
  FrontierRpc,
  OriginStanding,
  RobotsOutcome,
  Settlement,
  Slot,
  SlotRequest,
} from '../../src/contracts/frontier.ts'
import type { VisitJob } from '../../src/contracts/jobs.ts'
import type { LedgerRpc } from '../../src/contracts/ledger.ts'
import type { Closed } from '../../src/domain/crawl/budget.ts'
import type { UrlState } from '../../src/domain/crawl/url-state.ts'
import { slowDown } from '../../src/domain/frontier/pace.ts'
import { type Gain, isWorthRendering, withRender } from '../../src/domain/render/site-memory.ts'
import { productTokenOf } from '../../src/domain/robots/product-token.ts'
import { applySteps } from '../sqlite/sql.ts'
import { admit } from './admission.ts'
import type { FrontierCrawl } from './crawls.ts'
import { type DispatchContext, dispatch, nextDue } from './dispatch.ts'
import { originStandings } from './origin-standings.ts'
import { type FrontierStore, frontierStore } from './frontier-store.ts'
import { LEASE_MS, type LeaseRow } from './leases.ts'
import { REPORT_EVERY_MS, Reports, isUrgent } from './reports.ts'
import { readRobots } from './robots-reading.ts'
import { STEPS } from './schema.ts'
import { closeCrawl, settle, takeBackExpired } from './settling.ts'
import { slot, takeTurn } from './slots.ts'

/** Of the User-Agent that the Worker sends when its operator has chosen none. */
const DEFAULT_PRODUCT_TOKEN = 'LapisSpider'
/** After a failed send or report the object looks again this soon. */
const RETRY_MS = 1_000

export interface DomainFrontierEnv {
  VISIT_QUEUE: Queue<VisitJob>
  CRAWL_LEDGER: DurableObjectNamespace
  LAPIS_TEST_CLOCK_SPEED?: string
  LAPIS_USER_AGENT?: string
}

/**
 * The politeness authority of one registrable domain, for all crawls, monitors and scrapes of all workspaces: it knows
 * every URL of theirs there, hands them out in leased batches, and keeps the site's pace. Named by the domain.
 */
export class DomainFrontier extends DurableObject<DomainFrontierEnv> implements FrontierRpc {
  readonly #store: FrontierStore
  readonly #reports: Reports
  readonly #context: DispatchContext
  #alarmAt: number | null = null

  constructor(ctx: DurableObjectState, env: DomainFrontierEnv) {
    super(ctx, env)
    applySteps(ctx.storage, STEPS)
    const domain = ctx.id.name ?? ''
    this.#store = frontierStore(ctx.storage.sql, Number(env.LAPIS_TEST_CLOCK_SPEED) || 1)
    this.#reports = new Reports(
      this.#store,
      domain,
      (crawlId) => env.CRAWL_LEDGER.getByName(crawlId) as unknown as LedgerRpc,
    )
    this.#context = {
      domain,
      productToken: productTokenOf(env.LAPIS_USER_AGENT ?? '') ?? DEFAULT_PRODUCT_TOKEN,
      newLeaseId: () => crypto.randomUUID(),
    }
    // A killed process may have dropped the alarm or an unfinished round of work: look once at every start.
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAt = await ctx.storage.getAlarm()
      await this.#arm(Date.now())
    })
  }

  async admit(admission: Admission): Promise<void> {
    const crawl = this.#transact(() => admit(this.#store, admission, Date.now()))
    // The caller settles the page that led here only after this returns: by then the ledger must know of the work.
    if (!this.#reports.knownBusy(crawl)) await this.#tell(crawl.id)
    await this.#work()
  }

  async claim(leaseId: string): Promise<Claim> {
    const lease = this.#heldLease(leaseId)
    if (!lease) return { held: false }
    const expiresAt = Date.now() + LEASE_MS
    this.#store.leases.claim(lease.id, expiresAt)
    return { held: true, expiresAt, again: lease.claimed > 0 }
  }

  async turn(leaseId: string, lastStartAt: number): Promise<number | null> {
    const lease = this.#heldLease(leaseId)
    if (!lease) return null
    return this.#transact(() => takeTurn(this.#store, lease, lastStartAt, Date.now()))
  }

  async renew(leaseId: string): Promise<{ expiresAt: number } | null> {
    const lease = this.#heldLease(leaseId)
    return lease ? { expiresAt: this.#store.leases.renew(lease.id, Date.now() + LEASE_MS) } : null
  }

  #heldLease(leaseId: string): LeaseRow | undefined {
    const lease = this.#store.leases.held(leaseId)
    return lease && lease.expires_at > Date.now() ? lease : undefined
  }

  async settle(settlement: Settlement): Promise<boolean> {
    const crawl = this.#transact(() => settle(this.#store, settlement, Date.now()))
    if (!crawl) return false
    await this.#work()
    const after = this.#store.crawls.get(crawl.id)
    if (after && isUrgent(after)) this.ctx.waitUntil(this.#tellAndWork(after.id))
    return true
  }

  async robotsFetched(origin: string, outcome: RobotsOutcome): Promise<void> {
    this.#transact(() => readRobots(this.#store, origin, outcome, Date.now()))
    await this.#work()
    await this.#tellUrgent()
  }

  async slot(request: SlotRequest): Promise<Slot> {
    return this.#transact(() => slot(this.#store, this.#context, request, Date.now()))
  }

  async slowDown(origin: string, retryAfterMs: number | undefined): Promise<void> {
    this.#transact(() => {
      const id = this.#store.origins.idOf(origin)
      const pace = slowDown(this.#store.origins.get(id).pace, retryAfterMs, Date.now(), this.#store.clockSpeed)
      this.#store.origins.setPace(id, pace)
    })
  }

  async renderingPays(host: string): Promise<boolean> {
    return isWorthRendering(this.#store.renders.find(host), Date.now())
  }

  async noteRender(host: string, gain: Gain): Promise<boolean> {
    const record = withRender(this.#store.renders.find(host), gain, Date.now())
    this.#store.renders.put(host, record)
    return isWorthRendering(record, Date.now())
  }

  async close(crawlId: string, reason: Closed): Promise<void> {
    const crawl = this.#store.crawls.find(crawlId)
    // Closed already: nothing to tell, or two frontiers that both spent a budget would tell each other for ever.
    if (!crawl || crawl.closed !== null) return
    this.#close(crawl, reason)
    await this.#tell(crawl.id)
  }

  async pause(crawlId: string, paused: boolean): Promise<void> {
    const crawl = this.#store.crawls.find(crawlId)
    if (!crawl) return
    this.#store.crawls.setPaused(crawl.id, paused)
    if (!paused) await this.#work()
  }

  async nudge(crawlId: string): Promise<void> {
    const crawl = this.#store.crawls.find(crawlId)
    if (crawl) await this.#tellAndWork(crawl.id)
  }

  async urls(query: { crawlId: string; state?: UrlState; after: number; limit: number }): Promise<ConsideredUrl[]> {
    const crawl = this.#store.crawls.find(query.crawlId)
    return crawl ? this.#store.urls.list(crawl.id, query) : []
  }

  async origins(query: { crawlId: string; after: number; limit: number }): Promise<OriginStanding[]> {
    const crawl = this.#store.crawls.find(query.crawlId)
    return crawl ? originStandings(this.#store, this.#context.productToken, crawl, query) : []
  }

  async find({ crawlId, urls }: { crawlId: string; urls: string[] }): Promise<ConsideredUrl[]> {
    const crawl = this.#store.crawls.find(crawlId)
    return crawl ? this.#store.urls.find(crawl.id, urls) : []
  }

  async forget(crawlId: string): Promise<void> {
    this.#transact(() => {
      const crawl = this.#store.crawls.find(crawlId)
      if (crawl) this.#store.crawls.forget(crawl.id)
    })
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null
    try {
      for (const id of this.#store.crawls.dirty()) await this.#tell(id)
      await this.#work()
      await this.#tellUrgent()
    } finally {
      await this.#arm(Date.now())
    }
  }

  /** Takes back what was lost, leases what may be leased, and sends the leases on their way. */
  async #work(): Promise<void> {
    const jobs = this.#transact(() => {
      takeBackExpired(this.#store, Date.now())
      return dispatch(this.#store, this.#context, Date.now())
    })
    await this.#arm(Date.now())
    // Should sending fail, the leases run out and their URLs come back.
    if (jobs.length > 0) await this.env.VISIT_QUEUE.sendBatch(jobs.map((body) => ({ body, contentType: 'json' })))
  }

  async #tellUrgent(): Promise<void> {
    const urgent = this.#store.crawls.dirty().map((id) => this.#store.crawls.get(id))
    for (const crawl of urgent) if (crawl && isUrgent(crawl)) await this.#tellAndWork(crawl.id)
  }

  async #tellAndWork(id: number): Promise<void> {
    try {
      await this.#tell(id)
      await this.#work()
    } catch (error) {
      console.warn(JSON.stringify({ message: 'report failed', crawl: id, error: String(error) }))
      await this.#arm(Date.now(), RETRY_MS)
    }
  }

  #tell(id: number): Promise<void> {
    return this.#reports.tell(id, (crawl, reason) => this.#close(crawl, reason))
  }

  #close(crawl: FrontierCrawl, reason: Closed): void {
    this.#transact(() => closeCrawl(this.#store, crawl, reason))
  }

  #transact<Result>(step: () => Result): Result {
    return this.ctx.storage.transactionSync(step)
  }

  /** One alarm for everything that waits for time; set again only when it must ring earlier. */
  async #arm(now: number, withinMs = Infinity): Promise<void> {
    const reportAt = this.#store.crawls.dirty().length > 0 ? now + REPORT_EVERY_MS : Infinity
    const due = Math.min(nextDue(this.#store, now) ?? Infinity, reportAt, now + withinMs)
    if (due === Infinity || (this.#alarmAt !== null && this.#alarmAt <= due)) return
    this.#alarmAt = Math.max(due, now)
    await this.ctx.storage.setAlarm(this.#alarmAt)
  }
}
