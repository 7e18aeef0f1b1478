import { DurableObject } from 'cloudflare:workers'
import type { FinishJob } from '../../src/contracts/jobs.ts'
import type {
  CrawlProgress,
  FrontierReport,
  LedgerReply,
  LedgerRpc,
  LoginResult,
  SessionAnswer,
} from '../../src/contracts/ledger.ts'
import type { CrawlBrief } from '../../src/domain/crawl/crawl-brief.ts'
import { outcome } from '../../src/domain/crawl/crawl-status.ts'
import { type Closed, spentBudget } from '../../src/domain/crawl/budget.ts'
import { grant } from '../../src/domain/crawl/permits.ts'
import { applySteps } from '../sqlite/sql.ts'
import { isLast, latestEvent } from './crawl-event.ts'
import { EventSockets } from './event-sockets.ts'
import { EventStreams } from './event-streams.ts'
import { Frontiers } from './frontiers.ts'
import { LoginSession } from './login-session.ts'
import { STEPS } from './schema.ts'
import { type FrontierStanding, type Ledger, LedgerStore } from './store.ts'

/** A finished crawl is announced again this often, until its outcome is safe in Postgres. */
const ANNOUNCE_EVERY_MS = 30_000

export interface CrawlLedgerEnv {
  FINISH_QUEUE: Queue<FinishJob>
  DOMAIN_FRONTIER: DurableObjectNamespace
}

/**
 * The book of one crawl: it keeps the page budget exact over all frontiers, knows when nothing is left to do, and says
 * how far things are. Named by the crawl's id.
 */
export class CrawlLedger extends DurableObject<CrawlLedgerEnv> implements LedgerRpc {
  readonly #store: LedgerStore
  readonly #streams: EventStreams
  readonly #sockets: EventSockets
  readonly #session: LoginSession
  readonly #frontiers: Frontiers

  constructor(ctx: DurableObjectState, env: CrawlLedgerEnv) {
    super(ctx, env)
    applySteps(ctx.storage, STEPS)
    this.#store = new LedgerStore(ctx.storage.sql)
    this.#session = new LoginSession(ctx.storage.sql)
    this.#frontiers = new Frontiers(ctx, env.DOMAIN_FRONTIER, this.#store)
    const latest = () => latestEvent(this.#store)
    this.#streams = new EventStreams(latest)
    this.#sockets = new EventSockets(ctx, latest)
  }

  async open(brief: CrawlBrief): Promise<void> {
    this.#store.open(brief)
  }

  async seeded(): Promise<void> {
    this.#store.set({ seeded: 1 })
    await this.#conclude()
  }

  async report(report: FrontierReport): Promise<LedgerReply> {
    await this.#startClock()
    const reply = this.ctx.storage.transactionSync(() => this.#hear(report))
    this.#tellSubscribers()
    if (reply.closed && reply.closed !== 'cancelled') this.#frontiers.closeOthers(report.domain, reply.closed)
    else this.#frontiers.nudgeOthers(report.domain)
    await this.#conclude()
    return reply
  }

  async progress(): Promise<CrawlProgress | null> {
    const ledger = this.#store.read()
    if (!ledger) return null
    const { counts, bytes } = this.#store.totals()
    const { status, startedAt, finishedAt, error } = ledger
    const paused = ledger.paused && finishedAt === null && !ledger.cancelled
    const waiting = paused ? null : this.#store.waiting(Date.now())
    return { status, paused, counts, bytes, waiting, startedAt, finishedAt, error }
  }

  async events(after: number): Promise<ReadableStream<Uint8Array> | null> {
    const latest = latestEvent(this.#store)
    return latest && isLast(latest) && latest.id <= after ? null : this.#streams.open(after)
  }

  /** The handshake of a WebSocket, which RPC can't carry: `?after=` as for `events`. */
  override async fetch(request: Request): Promise<Response> {
    const after = Number(new URL(request.url).searchParams.get('after') ?? -1)
    return this.#sockets.open(after, request.headers.get('sec-websocket-protocol'))
  }

  override async webSocketMessage(socket: WebSocket): Promise<void> {
    this.#sockets.refuse(socket)
  }

  async session(after: number): Promise<SessionAnswer> {
    return this.#session.ask(after, Date.now())
  }

  async keepSession(login: LoginResult): Promise<void> {
    this.#session.keep(login)
  }

  async domains(): Promise<string[]> {
    return this.#store.standings().map((each) => each.domain)
  }

  async cancel(): Promise<CrawlProgress | null> {
    const ledger = this.#store.read()
    if (!ledger) return null
    if (ledger.finishedAt === null && !ledger.cancelled) {
      this.#store.set({ cancelled: 1 })
      this.#store.setStatus('cancelled', null)
      this.#tellSubscribers()
      await this.#frontiers.cancel()
      await this.#conclude()
    }
    return this.progress()
  }

  async pause(paused: boolean): Promise<CrawlProgress | null> {
    const ledger = this.#store.read()
    if (ledger && ledger.finishedAt === null && !ledger.cancelled && ledger.paused !== paused) {
      this.#store.set({ paused: paused ? 1 : 0 })
      await this.#frontiers.pause(paused)
      this.#tellSubscribers()
    }
    return this.progress()
  }

  async closed(): Promise<void> {
    this.#store.set({ announced: 1 })
    await this.ctx.storage.deleteAlarm()
  }

  async forget(): Promise<void> {
    this.#store.clear()
    this.#tellSubscribers()
    await this.ctx.storage.deleteAlarm()
  }

  override async alarm(): Promise<void> {
    const ledger = this.#store.read()
    if (!ledger) return
    if (ledger.finishedAt === null) await this.#endInTime(ledger)
    else if (!ledger.announced) await this.#announce(ledger)
  }

  /** A crawl that waits for its site reports nothing; its time runs all the same. */
  async #startClock(): Promise<void> {
    const ledger = this.#store.read()
    if (ledger?.startedAt === null && ledger.brief.maxDurationMs !== undefined)
      await this.ctx.storage.setAlarm(Date.now() + ledger.brief.maxDurationMs)
  }

  /** Asked again until the crawl is over: a frontier may not have heard it. */
  async #endInTime(ledger: Ledger): Promise<void> {
    const spent = this.#spent(ledger, this.#store.standings())
    if (!spent) return
    await this.ctx.storage.setAlarm(Date.now() + ANNOUNCE_EVERY_MS)
    this.#frontiers.closeAll(spent)
  }

  #hear(report: FrontierReport): LedgerReply {
    const ledger = this.#store.read()
    // A crawl that was deleted: whoever still works on it should stop.
    if (!ledger) return { granted: report.granted, closed: 'cancelled' }
    this.#store.hear(report)
    if (ledger.startedAt === null) this.#store.set({ started_at: Date.now() })
    if (ledger.status === 'queued') this.#store.setStatus('running', null)
    const standings = this.#store.standings()
    const asker = standings.find((each) => each.domain === report.domain)
    if (ledger.cancelled || !asker) return { granted: report.granted, closed: 'cancelled' }
    const others = standings.filter((each) => each !== asker)
    const granted = grant(ledger.brief.limit, asker, others, isAlone(ledger.brief, standings))
    this.#store.setGranted(report.domain, granted)
    const spent = this.#spent(ledger, standings)
    return { granted, ...(spent && { closed: spent }), ...(ledger.paused && { paused: true }) }
  }

  #spent({ brief, startedAt }: Ledger, standings: readonly FrontierStanding[]): Closed | undefined {
    const { bytes } = this.#store.totals()
    return spentBudget(brief, { holders: standings, bytes, elapsedMs: startedAt === null ? 0 : Date.now() - startedAt })
  }

  /** Over when all seeds are in and no frontier has anything queued or in flight. */
  async #conclude(): Promise<void> {
    const ledger = this.#store.read()
    if (!ledger || !ledger.seeded || ledger.finishedAt !== null) return
    if (!this.#store.standings().every((each) => each.idle)) return
    const { counts, seedFailure } = this.#store.totals()
    const end = outcome({ cancelled: ledger.cancelled, seedFailure }, counts)
    this.#store.set({ finished_at: Date.now() })
    this.#store.setStatus(end.status, end.error)
    this.#tellSubscribers()
    await this.#announce(ledger)
  }

  async #announce(ledger: Ledger): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + ANNOUNCE_EVERY_MS)
    await this.env.FINISH_QUEUE.send({ v: 1, kind: 'finish', crawlId: ledger.brief.crawlId }, { contentType: 'json' })
  }

  #tellSubscribers(): void {
    this.#streams.wake()
    this.#sockets.wake()
  }
}

/** A crawl that stays on its home domain has one frontier to serve. */
function isAlone(brief: CrawlBrief, standings: readonly FrontierStanding[]): boolean {
  return brief.followLinks && !brief.scope.allowExternalLinks && standings.length === 1
}
