import { type Waiting, waitOfAll } from '../../src/domain/crawl/waiting.ts'
import { type FrontierCrawl, isIdle } from './crawls.ts'
import type { FrontierStore } from './frontier-store.ts'
import { type Origin, robotsAreFresh } from './origins.ts'

/** A crawl that spreads over more origins than this is not looked at: some of them will be ready. */
const MOST_LANES = 50

/** What a crawl waits for, when nothing of it is in flight and nothing may start. */
export function waitOf(store: FrontierStore, crawl: FrontierCrawl, now: number): Waiting | null {
  if (isIdle(crawl) || crawl.closed !== null || crawl.paused || store.leases.isHeldBy(crawl.id)) return null
  const lanes = store.lanes.waitingOf(crawl.id, MOST_LANES + 1)
  if (lanes.length > MOST_LANES) return null
  const waits = lanes.map((lane) => waitAt(store.origins.get(lane.origin), crawl, now))
  const retry = store.urls.nextRetry(crawl.id)
  if (retry) waits.push({ reason: 'retry', origin: store.origins.get(retry.origin).origin, until: retry.at })
  return waitOfAll(waits, now)
}

/** An origin that is ready, or that keeps its delay between starts, keeps nobody waiting. */
function waitAt(origin: Origin, crawl: FrontierCrawl, now: number): Waiting | null {
  if (origin.pace.backoffUntil > now)
    return { reason: 'rest', origin: origin.origin, until: Math.ceil(origin.pace.backoffUntil) }
  if (!robotsAreFresh(origin, crawl.admittedAt, now) && origin.robotsRetryAt > now)
    return { reason: 'robots', origin: origin.origin, until: Math.ceil(origin.robotsRetryAt) }
  return null
}
