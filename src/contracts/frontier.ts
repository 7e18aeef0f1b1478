import type { Closed } from '../domain/crawl/budget.ts'
import type { CrawlBrief } from '../domain/crawl/crawl-brief.ts'
import type { UrlState } from '../domain/crawl/url-state.ts'
import type { FetchFault } from '../domain/fetch/fault.ts'
import type { Outcome } from '../domain/frontier/outcome.ts'
import type { Gain } from '../domain/render/site-memory.ts'

export type { Outcome }

/** A URL offered to a frontier. Offering it again changes nothing, except that a better way to it lifts a revocable skip. */
export interface Candidate {
  /** Canonical. */
  url: string
  depth: number
  kind: 'page' | 'sitemap'
  /** The URL that led here, or its id when the same frontier knows it; absent for a seed. */
  discoveredFrom?: string | number
  /** Redirects that led here, oldest first. */
  redirects?: string[]
  /** Refused on the way in: recorded with its reason, never fetched. */
  refused?: string
}

export interface Admission {
  brief: CrawlBrief
  candidates: Candidate[]
}

/** Part of a `visit` message: one batch of URLs of one origin, ours until the lease expires. */
export interface Lease {
  leaseId: string
  /** Registrable domain: names the frontier that gave the lease. */
  domain: string
  /** Scheme, host and port: https://example.com:8443 */
  origin: string
  /** Fetches that may be in flight at once. */
  concurrency: number
  /** Least time between two starts; 0: none. */
  gapMs: number
  urls: LeasedUrl[]
}

export interface LeasedUrl {
  id: number
  url: string
  kind: 'page' | 'sitemap'
  depth: number
  /** 1 at the first attempt. */
  attempt: number
  redirects: string[]
  /** An earlier lease expired over it: its page may be recorded already. */
  lost: boolean
}

export interface Settlement {
  leaseId: string
  crawlId: string
  /** The crawl's brief, when what was found has widened it. */
  brief?: CrawlBrief
  outcomes: { id: number; outcome: Outcome }[]
  /** URLs found on the settled pages: admitted in the same transaction, before their pages settle. */
  discovered: Candidate[]
  /** When the last fetch of this lease started; keeps the delay across leases. */
  lastStartAt: number
  /** true: the lease ends here and what it has not settled goes back. */
  last: boolean
}

export type Claim =
  | {
      held: true
      expiresAt: number
      /** An earlier visit claimed it and was not heard of again: pages of the lease may be recorded already. */
      again: boolean
    }
  | { held: false }

export type RobotsOutcome =
  | { kind: 'body'; text: string }
  | { kind: 'absent'; status: number }
  | { kind: 'unreachable'; fault: FetchFault; status?: number; detail?: string }

/** A start on an origin for a caller that waits (scrape, map): robots standing and the moment of the start. */
export type Slot =
  | { kind: 'granted'; startAt: number }
  | { kind: 'disallowed'; rule: string }
  | { kind: 'unreachable'; fault: FetchFault; detail?: string }
  /** robots.txt is not known yet: fetch it at `startAt`, report it, ask again. */
  | { kind: 'robots-needed'; startAt: number }
  /** No start is free before `notAfter`, the next one is at `startAt`; none was taken. */
  | { kind: 'later'; startAt: number }

export interface SlotRequest {
  url: string
  ignoreRobots: boolean
  gapMs: number | null
  /** Epoch milliseconds. A start later than that is of no use to the caller, and is left to others. */
  notAfter?: number
}

export interface ConsideredUrl {
  id: number
  url: string
  state: UrlState
  reason?: string
  depth: number
  discoveredFrom?: string
  attempts: number
  status?: number
}

/** The manners that hold on one origin of a crawl. */
export interface OriginStanding {
  id: number
  origin: string
  /** `unknown`: not read yet. `none`: there is none, everything is allowed. */
  robots: 'unknown' | 'rules' | 'none' | 'unreachable'
  robotsDetail?: string
  robotsFetchedAt?: number
  /** Least time between two starts; 0: concurrency alone decides. */
  delayMs: number
  crawlDelayMs?: number
  /** What the site wished, where that is more than is granted. */
  wishedCrawlDelayMs?: number
  contentSignals?: string[]
  sitemaps: string[]
  concurrency: number
  /** Epoch milliseconds until which the site asked for rest (429, 503). */
  restUntil?: number
  /** Smoothed, to the response headers. */
  latencyMs?: number
  queued: number
}

/** What callers may ask of a DomainFrontier. Every call is idempotent: it may arrive twice, late, or from the previous version. */
export interface FrontierRpc {
  admit(admission: Admission): Promise<void>
  /** Confirms a lease before work starts. */
  claim(leaseId: string): Promise<Claim>
  /**
   * The next start on the lease's origin, where a gap holds: when it may happen, or null once the lease is not held any more.
   * `lastStartAt` is the latest moment at which the visit's previous request may have left.
   */
  turn(leaseId: string, lastStartAt: number): Promise<number | null>
  /** Keeps a claimed lease; null: it is not held any more. */
  renew(leaseId: string): Promise<{ expiresAt: number } | null>
  /** false: the lease is not held any more, so nothing was taken in. */
  settle(settlement: Settlement): Promise<boolean>
  /** What robots.txt said, fetched for the lease `leaseId` or for a slot. */
  robotsFetched(origin: string, outcome: RobotsOutcome): Promise<void>
  slot(request: SlotRequest): Promise<Slot>
  /** The site asked a slot's holder for a rest. */
  slowDown(origin: string, retryAfterMs: number | undefined): Promise<void>
  /** Whether a browser is worth its time on a host: false for some hours after several renders in a row brought nothing. */
  renderingPays(host: string): Promise<boolean>
  /** Remembers what a render has brought; whether another one pays. */
  noteRender(host: string, gain: Gain): Promise<boolean>
  /** No further page of the crawl will be leased; queued URLs end with the reason. */
  close(crawlId: string, reason: Closed): Promise<void>
  /** Leases nothing more for a crawl, or goes on. */
  pause(crawlId: string, paused: boolean): Promise<void>
  /** Permits may be had again: ask the ledger. */
  nudge(crawlId: string): Promise<void>
  urls(query: { crawlId: string; state?: UrlState; after: number; limit: number }): Promise<ConsideredUrl[]>
  /** The crawl's origins here, in order of their ids. */
  origins(query: { crawlId: string; after: number; limit: number }): Promise<OriginStanding[]>
  /** Of these pages, those that the crawl has considered. */
  find(query: { crawlId: string; urls: string[] }): Promise<ConsideredUrl[]>
  /** Drops everything known of a crawl. */
  forget(crawlId: string): Promise<void>
}
