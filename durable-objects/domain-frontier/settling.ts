import type { Outcome, Settlement } from '../../src/contracts/frontier.ts'
import type { Closed } from '../../src/domain/crawl/budget.ts'
import { DUPLICATE, FAILED, FETCHED, QUEUED, SKIPPED, WAITING } from '../../src/domain/crawl/url-state.ts'
import { MAX_LOST, disposition, type Disposition } from '../../src/domain/frontier/disposition.ts'
import { type Pace, slowDown, speedUp, stumble } from '../../src/domain/frontier/pace.ts'
import { admit } from './admission.ts'
import type { CounterDelta, FrontierCrawl } from './crawls.ts'
import type { FrontierStore } from './frontier-store.ts'
import type { LeaseRow } from './leases.ts'
import type { UrlRow } from './urls.ts'

/**
 * Takes in what a visit achieved. Discoveries are admitted first, in the same transaction: a crawl is never found
 * complete between a page and its links. A lease that is no longer held settles nothing: its URLs have other holders.
 */
export function settle(store: FrontierStore, settlement: Settlement, now: number): FrontierCrawl | undefined {
  const lease = store.leases.held(settlement.leaseId)
  const crawl = store.crawls.find(settlement.crawlId)
  if (!lease || !crawl) return undefined
  const brief = settlement.brief ?? crawl.brief
  if (settlement.discovered.length > 0) admit(store, { brief, candidates: settlement.discovered }, now)
  const { closed } = crawl
  for (const { id, outcome } of settlement.outcomes) {
    const url = store.urls.get(id)
    if (url?.lease === lease.id) settleUrl(store, { crawl, now, closed }, url, outcome)
  }
  if (settlement.last)
    for (const url of store.urls.leased(lease.id)) settleUrl(store, { crawl, now, closed }, url, { kind: 'released' })
  keepPace(store, lease, settlement, now)
  if (settlement.last) store.leases.end(lease.id)
  return store.crawls.get(crawl.id)
}

/** What settling a URL depends on beside its outcome. */
interface Circumstances {
  crawl: FrontierCrawl
  now: number
  /** No URL goes back to the queue of a closed crawl. */
  closed: Closed | null
}

function settleUrl(store: FrontierStore, { crawl, now, closed }: Circumstances, url: UrlRow, outcome: Outcome): void {
  const history = { attempts: url.attempts, slowDowns: url.slow_downs }
  const wanted = disposition(outcome, history, now, store.clockSpeed)
  const goesOn = wanted.state === QUEUED || wanted.state === WAITING
  const change: Disposition = goesOn && closed ? { ...wanted, state: SKIPPED, reason: closed, retryAt: null } : wanted
  store.urls.apply(url.id, change)
  if (change.state === QUEUED) store.lanes.add(url.crawl, url.origin, 1)
  store.crawls.add(url.crawl, counterDelta(url, change, outcome))
  if (url.depth === 0 && !url.sitemap) noteSeedFailure(store, crawl, url, change, outcome)
}

/** A page that goes back to the queue gives its permit back, unless an earlier, lost lease may have recorded it. */
function counterDelta(url: UrlRow, change: Disposition, outcome: Outcome): CounterDelta {
  const final = change.state >= FETCHED
  if (url.sitemap) return final ? { sitemaps_pending: -1 } : {}
  const keepsPermit = !final && url.lost > 0
  const delta: CounterDelta = { in_flight: keepsPermit ? 0 : -1, queued: final ? -1 : 0 }
  if (outcome.kind === 'recorded') delta.bytes = outcome.bytes
  if (change.state === FETCHED) delta.fetched = 1
  if (change.state === FAILED) delta.failed = 1
  if (change.state === SKIPPED) delta.skipped = 1
  if (change.state === DUPLICATE) delta.duplicate = 1
  return delta
}

function noteSeedFailure(
  store: FrontierStore,
  crawl: FrontierCrawl,
  url: UrlRow,
  change: Disposition,
  outcome: Outcome,
): void {
  if (change.state !== FAILED && change.state !== SKIPPED) return
  const detail = outcome.kind === 'failed' && outcome.detail ? outcome.detail : `${url.url} could not be fetched`
  store.crawls.seedFailed(crawl.id, { code: change.reason ?? 'failed', detail })
}

function keepPace(store: FrontierStore, lease: LeaseRow, settlement: Settlement, now: number): void {
  const before = store.origins.get(lease.origin).pace
  let pace: Pace = { ...before, nextStartAt: Math.max(before.nextStartAt, settlement.lastStartAt + lease.gap_ms) }
  const outcomes = settlement.outcomes.map((each) => each.outcome)
  const slow = outcomes.filter((each) => each.kind === 'slow-down')
  const faults = outcomes.filter((each) => each.kind === 'failed' && each.fault !== 'http_error')
  const latencies = outcomes.flatMap((each) =>
    each.kind === 'recorded' || each.kind === 'duplicate' ? [each.latencyMs] : [],
  )
  if (slow.length > 0) {
    const asked = slow.map((each) => each.retryAfterMs ?? 0)
    pace = slowDown(pace, Math.max(...asked) || undefined, now, store.clockSpeed)
  } else if (faults.length > latencies.length) pace = stumble(pace)
  else if (latencies.length > 0) pace = speedUp(pace, latencies.reduce((sum, each) => sum + each, 0) / latencies.length)
  store.origins.setPace(lease.origin, pace)
}

/** Takes back the URLs of leases that were not heard of in time. Pages keep their permits: they may be recorded already. */
export function takeBackExpired(store: FrontierStore, now: number): void {
  for (const lease of store.leases.expired(now)) {
    const crawl = store.crawls.get(lease.crawl)
    for (const url of store.urls.leased(lease.id)) {
      if (!crawl) continue
      const at = { crawl, now, closed: crawl.closed }
      if (url.lost + 1 >= MAX_LOST) {
        const outcome: Outcome = { kind: 'failed', fault: 'timeout', detail: 'Every visit of this page was lost.' }
        settleUrl(store, at, { ...url, attempts: Infinity }, outcome)
      } else if (crawl.closed) {
        settleUrl(store, at, url, { kind: 'skipped', reason: crawl.closed })
      } else {
        store.urls.lose(url.id)
        store.lanes.add(url.crawl, url.origin, 1)
      }
    }
    store.leases.end(lease.id)
  }
}

/** Ends everything of a crawl that is not in flight. */
export function closeCrawl(store: FrontierStore, crawl: FrontierCrawl, reason: Closed): void {
  store.crawls.close(crawl.id, reason)
  const wantedSitemaps = store.lanes
    .waiting()
    .filter((lane) => lane.crawl === crawl.id && lane.sitemaps === 'wanted').length
  const delta = { queued: 0, skipped: 0, in_flight: 0, sitemaps_pending: -wantedSitemaps }
  for (const group of store.urls.endQueued(crawl.id, reason)) {
    if (group.sitemap) delta.sitemaps_pending -= group.count
    else {
      delta.queued -= group.count
      delta.skipped += group.count
      if (group.lost) delta.in_flight -= group.count
    }
  }
  store.lanes.clear(crawl.id)
  store.crawls.add(crawl.id, delta)
}
