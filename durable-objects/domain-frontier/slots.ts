import type { Slot, SlotRequest } from '../../src/contracts/frontier.ts'
import { gapMs, readyAt, reserve } from '../../src/domain/frontier/pace.ts'
import { standing } from '../../src/domain/robots/robots.ts'
import { type DispatchContext, originGapMs } from './dispatch.ts'
import type { FrontierStore } from './frontier-store.ts'
import { LEASE_MS, type LeaseRow } from './leases.ts'
import { robotsAreFresh } from './origins.ts'

/** A single scrape is content with rules as old as this. */
const SLOT_ROBOTS_AGE_MS = 60_000

/** One start on an origin for a caller outside any crawl, in the same line as everybody else. */
export function slot(store: FrontierStore, context: DispatchContext, request: SlotRequest, now: number): Slot {
  const id = store.origins.idOf(new URL(request.url).origin)
  const origin = store.origins.get(id)
  const startAt = Math.max(now, readyAt(origin.pace))
  if (startAt > (request.notAfter ?? Infinity)) return { kind: 'later', startAt }
  if (!request.ignoreRobots) {
    if (!robotsAreFresh(origin, now - SLOT_ROBOTS_AGE_MS, now))
      return { kind: 'robots-needed', startAt: takeStart(store, context, id, null, now) }
    if (origin.robots?.kind === 'unreachable') {
      return { kind: 'unreachable', fault: origin.robots.fault, detail: origin.robots.detail }
    }
    const verdict = origin.robots && standing(origin.robots.robots, context.productToken, request.url)
    if (verdict && !verdict.allowed) return { kind: 'disallowed', rule: verdict.rule ?? 'Disallow' }
  }
  return { kind: 'granted', startAt: takeStart(store, context, id, request.gapMs, now) }
}

function takeStart(
  store: FrontierStore,
  context: DispatchContext,
  id: number,
  wishedGapMs: number | null,
  now: number,
): number {
  const origin = store.origins.get(id)
  const gap = Math.max(
    originGapMs(store, context.productToken, origin, null),
    gapMs({ delayMs: wishedGapMs, crawlDelayMs: undefined }),
  )
  const { startAt, pace } = reserve(origin.pace, 1, gap, now)
  store.origins.setPace(id, pace)
  return startAt
}

/** One start for a visit that holds a lease. The origin's line is one: scrapes and visits wait in it alike. */
export function takeTurn(store: FrontierStore, lease: LeaseRow, lastStartAt: number, now: number): number {
  const { pace: before } = store.origins.get(lease.origin)
  const after = { ...before, nextStartAt: Math.max(before.nextStartAt, lastStartAt + lease.gap_ms) }
  const { startAt, pace } = reserve(after, 1, lease.gap_ms, now)
  store.origins.setPace(lease.origin, pace)
  store.leases.renew(lease.id, startAt + LEASE_MS)
  return startAt
}
