import type { RobotsOutcome } from '../../src/contracts/frontier.ts'
import { isTransient } from '../../src/domain/fetch/fault.ts'
import { retryAt } from '../../src/domain/frontier/pace.ts'
import { robotsFor } from '../../src/domain/robots/robots.ts'
import type { FrontierStore } from './frontier-store.ts'

/** Tries before an unreachable robots.txt is taken for an answer. */
const ROBOTS_ATTEMPTS = 3

/** Writes down what robots.txt said. A passing fault is tried again before it forbids the whole origin. */
export function readRobots(store: FrontierStore, originUrl: string, outcome: RobotsOutcome, now: number): void {
  const id = store.origins.idOf(originUrl)
  const origin = store.origins.get(id)
  if (outcome.kind !== 'unreachable') {
    store.origins.setRobots(id, { kind: 'rules', robots: robotsFor(outcome) }, now)
    return
  }
  const tries = origin.robotsAttempts + 1
  if (isTransient(outcome.fault, outcome.status) && tries < ROBOTS_ATTEMPTS) {
    store.origins.robotsFailed(id, retryAt(tries, now, store.clockSpeed))
    // Their users should hear what they wait for.
    for (const crawl of store.origins.crawlsAt(id)) store.crawls.markDirty(crawl)
    return
  }
  const fault = outcome.fault === 'http_error' ? 'robots_unreachable' : outcome.fault
  const because = outcome.status === undefined ? (outcome.detail ?? outcome.fault) : `it answers ${outcome.status}`
  const detail = `${originUrl}/robots.txt can't be had (${because}), so nothing there may be fetched (RFC 9309).`
  store.origins.setRobots(id, { kind: 'unreachable', fault, detail }, now)
}
