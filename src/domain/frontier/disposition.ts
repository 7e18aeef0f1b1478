import { DUPLICATE, FAILED, FETCHED, QUEUED, SKIPPED, WAITING } from '../crawl/url-state.ts'
import { isTransient } from '../fetch/fault.ts'
import type { Outcome } from './outcome.ts'
import { type Instant, retryAt } from './pace.ts'

export const MAX_ATTEMPTS = 3
/** A site may ask this often for a rest over one URL before we take it for a refusal. */
export const MAX_SLOW_DOWNS = 10
/** Leases that may be lost over one URL before it is taken for the cause. */
export const MAX_LOST = 10

/** How a URL leaves its lease: its next state, and what is written down about it. */
export interface Disposition {
  state: number
  reason: string | null
  status: number | null
  attempts: 0 | 1
  slowDowns: 0 | 1
  retryAt: Instant | null
}

interface History {
  attempts: number
  slowDowns: number
}

const STILL = { status: null, attempts: 1, slowDowns: 0, retryAt: null } as const

/** The rule that turns an outcome into a disposition; `clockSpeed` divides waits in tests. */
export function disposition(outcome: Outcome, history: History, now: Instant, clockSpeed: number): Disposition {
  switch (outcome.kind) {
    case 'recorded':
      return { ...STILL, state: FETCHED, reason: null, status: outcome.status }
    case 'duplicate':
      return { ...STILL, state: DUPLICATE, reason: outcome.reason, status: outcome.status ?? null }
    case 'skipped':
      return { ...STILL, state: SKIPPED, reason: outcome.reason, status: outcome.status ?? null }
    case 'read':
      return { ...STILL, state: FETCHED, reason: null }
    case 'released':
      return { ...STILL, state: QUEUED, reason: null, attempts: 0 }
    case 'slow-down':
      return afterSlowDown(outcome.status, history)
    case 'failed':
      return afterFailure(outcome, history, now, clockSpeed)
  }
}

function afterSlowDown(status: number, history: History): Disposition {
  const patient = history.slowDowns + 1 < MAX_SLOW_DOWNS
  return patient
    ? { ...STILL, state: QUEUED, reason: null, status, attempts: 0, slowDowns: 1 }
    : { ...STILL, state: FAILED, reason: 'blocked_by_site', status, slowDowns: 1 }
}

function afterFailure(
  outcome: Outcome & { kind: 'failed' },
  history: History,
  now: Instant,
  clockSpeed: number,
): Disposition {
  const status = outcome.status ?? null
  const tries = history.attempts + 1
  if (isTransient(outcome.fault, outcome.status) && tries < MAX_ATTEMPTS) {
    return { ...STILL, state: WAITING, reason: null, status, retryAt: retryAt(tries, now, clockSpeed) }
  }
  return { ...STILL, state: FAILED, reason: outcome.fault, status }
}
