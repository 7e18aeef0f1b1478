import type { Closed } from '../domain/crawl/budget.ts'
import type { CrawlBrief } from '../domain/crawl/crawl-brief.ts'
import type { CrawlCounts, CrawlFailure, CrawlStatus } from '../domain/crawl/crawl-status.ts'
import type { Waiting } from '../domain/crawl/waiting.ts'

/** A frontier's word on one crawl: absolute numbers and a sequence, so that a late or repeated report changes nothing. */
export interface FrontierReport {
  domain: string
  sequence: number
  counts: CrawlCounts
  bytes: number
  /** Pages recorded, and the permits held for pages (recorded ones included). */
  recorded: number
  granted: number
  /** Further permits that could be used now. */
  wants: number
  /** Nothing queued, nothing in flight: admitted = settled. */
  idle: boolean
  /** What keeps the crawl from getting on here; absent from frontiers of versions before 0.2. */
  waiting?: Waiting | null
  /** Why the seed could not be had, when it could not. */
  seedFailure?: CrawlFailure
}

export interface LedgerReply {
  granted: number
  /** Set when the crawl must end: no further leases. */
  closed?: Closed
  /** No further leases for now. */
  paused?: boolean
}

/** `log-in`: it is up to you, now; and to nobody else for a minute. */
export type SessionAnswer =
  | { state: 'kept'; number: number; sealedCookies: string }
  | { state: 'log-in'; number: number }
  | { state: 'wait' }
  | { state: 'failed'; detail: string }

export type LoginResult = { number: number; sealedCookies: string } | { number: number; failure: string }

export interface CrawlProgress {
  status: CrawlStatus
  paused: boolean
  counts: CrawlCounts
  bytes: number
  /** Set while nothing is in flight and nothing may start. */
  waiting: Waiting | null
  startedAt: number | null
  finishedAt: number | null
  error: CrawlFailure | null
}

/** What callers may ask of a CrawlLedger; one object per crawl, named by the crawl's id. */
export interface LedgerRpc {
  open(brief: CrawlBrief): Promise<void>
  /** All seeds are admitted: from now on the crawl may be found complete. */
  seeded(): Promise<void>
  report(report: FrontierReport): Promise<LedgerReply>
  progress(): Promise<CrawlProgress | null>
  /** Events newer than `after`, as an event stream to the crawl's end; null when the last one has been seen. */
  events(after: number): Promise<ReadableStream<Uint8Array> | null>
  /** The same over a WebSocket: takes its handshake, with `?after=`. */
  fetch(request: Request): Promise<Response>
  /** The session of a crawl with a login; `after` is the number of a session that was lost, 0 for none yet. */
  session(after: number): Promise<SessionAnswer>
  /** What came of the login that `session` has asked for. */
  keepSession(login: LoginResult): Promise<void>
  /** Frontiers that the crawl has touched, in the order in which they first reported. */
  domains(): Promise<string[]>
  cancel(): Promise<CrawlProgress | null>
  /** Holds the crawl, or lets it go on; null: there is none. One that has ended stays as it is. */
  pause(paused: boolean): Promise<CrawlProgress | null>
  /** The outcome is safe in Postgres: stop announcing it. */
  closed(): Promise<void>
  forget(): Promise<void>
}
