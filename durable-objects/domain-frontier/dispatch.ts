import type { Lease, LeasedUrl } from '../../src/contracts/frontier.ts'
import { MAX_LEASE_URL_BYTES, type VisitJob } from '../../src/contracts/jobs.ts'
import { type Instant, batchSize, gapMs, readyAt } from '../../src/domain/frontier/pace.ts'
import { ROBOTS_MAX_BYTES, standing } from '../../src/domain/robots/robots.ts'
import { SKIPPED } from '../../src/domain/crawl/url-state.ts'
import { admitSitemaps } from './admission.ts'
import { type FrontierCrawl, freePermits } from './crawls.ts'
import type { FrontierStore } from './frontier-store.ts'
import type { Lane } from './lanes.ts'
import { LEASE_MS } from './leases.ts'
import { type Origin, type RobotsRecord, robotsAreFresh } from './origins.ts'
import type { UrlRow } from './urls.ts'

/** A Worker waits on at most 6 connections at once; a larger batch would only queue inside the visit. */
const VISIT_CONCURRENCY = 6
/** From this many lost leases on, a URL is leased alone, so that it takes no neighbours down. */
const LEASE_ALONE_AFTER = 2

/** What dispatching needs from outside: who we are, what robots.txt knows us as, fresh names for leases. */
export interface DispatchContext {
  domain: string
  productToken: string
  newLeaseId: () => string
}

/** Hands out every lease that manners and permits allow now. Returns the messages to send. Runs in one transaction. */
export function dispatch(store: FrontierStore, context: DispatchContext, now: Instant): VisitJob[] {
  const jobs: VisitJob[] = []
  for (const { crawl, origin } of store.urls.wake(now)) store.lanes.add(crawl, origin, 1)
  // Each round serves every lane at most once, the longest unserved crawl first: nobody's backlog delays another's page.
  for (let turn = 0, served = true; served; turn++) {
    served = false
    for (const lane of store.lanes.serveable()) {
      const job = serve(store, context, lane, now)
      if (!job) continue
      jobs.push(job)
      store.crawls.served(lane.crawl, now + turn)
      served = true
    }
  }
  return jobs
}

function serve(store: FrontierStore, context: DispatchContext, lane: Lane, now: Instant): VisitJob | undefined {
  const crawl = store.crawls.get(lane.crawl)
  if (!crawl) return undefined
  const origin = store.origins.get(lane.origin)
  if (!robotsAreFresh(origin, crawl.admittedAt, now)) return askRobots(store, context, origin, now)
  const robots = origin.robots as RobotsRecord
  if (lane.sitemaps === 'wanted')
    admitSitemaps(store, crawl, origin, robots.kind === 'rules' ? robots.robots.sitemaps : [])
  if (robots.kind === 'unreachable' && crawl.brief.robots === 'respect') {
    failLane(store, crawl, origin, robots)
    return undefined
  }
  return lease(store, context, { crawl, origin, robots }, now)
}

function askRobots(store: FrontierStore, context: DispatchContext, origin: Origin, now: Instant): VisitJob | undefined {
  const readyFrom = Math.max(origin.robotsRetryAt, origin.robotsLeaseUntil, readyAt(origin.pace))
  if (readyFrom > now) return undefined
  store.origins.leaseRobots(origin.id, now + LEASE_MS)
  return {
    v: 1,
    kind: 'robots',
    domain: context.domain,
    origin: origin.origin,
    leaseId: context.newLeaseId(),
    maxBytes: ROBOTS_MAX_BYTES,
  }
}

/** RFC 9309 §2.3.1.4: what can't be asked must be taken as a complete disallow. */
function failLane(
  store: FrontierStore,
  crawl: FrontierCrawl,
  origin: Origin,
  robots: RobotsRecord & { kind: 'unreachable' },
): void {
  const failed = store.urls.failLane(crawl.id, origin.id, robots.fault)
  const pages = failed.filter((each) => !each.sitemap)
  const held = pages.filter((each) => each.lost > 0).length
  store.lanes.add(crawl.id, origin.id, -failed.length)
  store.crawls.add(crawl.id, {
    queued: -pages.length,
    failed: pages.length,
    in_flight: -held,
    sitemaps_pending: pages.length - failed.length,
  })
  if (pages.some((each) => each.depth === 0))
    store.crawls.seedFailed(crawl.id, { code: robots.fault, detail: robots.detail })
}

interface Place {
  crawl: FrontierCrawl
  origin: Origin
  robots: RobotsRecord
}

function lease(store: FrontierStore, context: DispatchContext, place: Place, now: Instant): VisitJob | undefined {
  const { crawl, origin } = place
  if (readyAt(origin.pace) > now) return undefined
  const gap = originGapMs(store, context.productToken, origin, crawl.brief.delayMs)
  const concurrency = freeConcurrency(store, place, gap)
  if (concurrency <= 0) return undefined
  const urls = nextBatch(store, context, place, batchSize(gap))
  if (urls.length === 0) return undefined
  const leaseId = context.newLeaseId()
  const id = store.leases.grant({ leaseId, crawl: crawl.id, origin: origin.id, gapMs: gap, concurrency }, now)
  for (const url of urls) store.urls.take(url.id, id)
  const permits = urls.filter((each) => !each.sitemap && each.lost === 0).length
  store.lanes.add(crawl.id, origin.id, -urls.length)
  store.crawls.add(crawl.id, { in_flight: permits })
  const granted: Lease = {
    leaseId,
    domain: context.domain,
    origin: origin.origin,
    concurrency,
    gapMs: gap,
    urls: urls.map(leasedUrl),
  }
  return { v: 1, kind: 'visit', lease: granted, brief: crawl.brief }
}

/** The gap that holds on an origin: the longest that any crawl at work there, or the site itself, asks for. */
export function originGapMs(
  store: FrontierStore,
  productToken: string,
  origin: Origin,
  delayMs: number | null,
): number {
  const rules = origin.robots?.kind === 'rules' ? origin.robots.robots : undefined
  const crawlDelayMs = rules && standing(rules, productToken, `${origin.origin}/`).crawlDelayMs
  const others = store.origins.crawlsAt(origin.id).map((id) => store.crawls.get(id)?.brief.delayMs ?? null)
  return Math.max(...[delayMs, ...others].map((wish) => gapMs({ delayMs: wish, crawlDelayMs })))
}

/** Fetches that a new lease may have in flight. With a gap, one lease at a time owns the origin's starts. */
function freeConcurrency(store: FrontierStore, { crawl, origin }: Place, gap: number): number {
  const taken = store.origins.inFlight(origin.id)
  if (gap > 0) return taken.leases > 0 ? 0 : Math.min(VISIT_CONCURRENCY, crawl.brief.maxConcurrency)
  const most = Math.min(origin.pace.concurrency, crawl.brief.maxConcurrency)
  return Math.min(VISIT_CONCURRENCY, most - taken.concurrency)
}

/** The next URLs that robots.txt allows and permits cover. */
function nextBatch(store: FrontierStore, context: DispatchContext, place: Place, size: number): UrlRow[] {
  const batch: UrlRow[] = []
  let permits = freePermits(place.crawl)
  let bytes = 0
  for (const url of nextAllowed(store, context, place, size)) {
    const alone = url.lost > LEASE_ALONE_AFTER
    const needsPermit = !url.sitemap && url.lost === 0
    bytes += url.url.length + (url.redirects?.length ?? 0)
    const full = (alone || bytes > MAX_LEASE_URL_BYTES) && batch.length > 0
    if (full || (needsPermit && permits === 0)) break
    if (needsPermit) permits--
    batch.push(url)
    if (alone) break
  }
  return batch
}

/** What robots.txt forbids ends here with its reason; a lane of nothing else is emptied on the way. */
function nextAllowed(store: FrontierStore, context: DispatchContext, place: Place, size: number): UrlRow[] {
  for (;;) {
    const next = store.urls.next(place.crawl.id, place.origin.id, size)
    const allowed = next.filter((url) => {
      const rule = forbiddenBy(place, context.productToken, url)
      if (rule) forbid(store, place.crawl, url, rule)
      return rule === undefined
    })
    if (allowed.length > 0 || next.length === 0) return allowed
  }
}

function forbiddenBy({ crawl, robots }: Place, productToken: string, url: UrlRow): string | undefined {
  if (crawl.brief.robots === 'ignore' || robots.kind !== 'rules' || url.sitemap) return undefined
  const verdict = standing(robots.robots, productToken, url.url)
  return verdict.allowed ? undefined : (verdict.rule ?? 'Disallow')
}

function forbid(store: FrontierStore, crawl: FrontierCrawl, url: UrlRow, rule: string): void {
  store.urls.apply(url.id, { state: SKIPPED, reason: 'robots', status: null, attempts: 0, slowDowns: 0, retryAt: null })
  store.lanes.add(url.crawl, url.origin, -1)
  store.crawls.add(url.crawl, { queued: -1, skipped: 1, in_flight: url.lost > 0 ? -1 : 0 })
  if (url.depth === 0) store.crawls.seedFailed(crawl.id, { code: 'robots_disallowed', detail: `robots.txt: ${rule}` })
}

function leasedUrl(from: UrlRow): LeasedUrl {
  return {
    id: from.id,
    url: from.url,
    kind: from.sitemap ? 'sitemap' : 'page',
    depth: from.depth,
    attempt: from.attempts + 1,
    redirects: from.redirects === null ? [] : (JSON.parse(from.redirects) as string[]),
    lost: from.lost > 0,
  }
}

/** When the next thing falls due here, if anything waits for time alone. */
export function nextDue(store: FrontierStore, now: Instant): Instant | null {
  const times = [store.leases.nextExpiry(), store.urls.nextWake()]
  for (const lane of store.lanes.serveable()) {
    const origin = store.origins.get(lane.origin)
    const ready = Math.max(readyAt(origin.pace), origin.robotsRetryAt, origin.robotsLeaseUntil)
    if (ready > now) times.push(ready)
  }
  const due = times.filter((time) => time !== null)
  return due.length > 0 ? Math.min(...due) : null
}
