import type { CheckJob } from '../../contracts/jobs.ts'
import { type ClaimTerms, claimDue, claimIfDue, claimNow } from '../../storage/postgres/monitor-claims.ts'
import type { Platform } from '../platform.ts'
import { notFound } from '../problem.ts'

/** Longer than a fetch may take, its redirects, its login and its wait for a turn included. */
const LEASE_MS = 5 * 60_000
/** Tests divide waits, not the time that a check really takes. */
const LEAST_LEASE_MS = 15_000
/** One statement's worth: short enough to hold no locks for long. */
const CLAIMED_AT_ONCE = 500
/** Of one round of the cron trigger; what is left comes a minute later, the longest overdue first. */
const MOST_PER_ROUND = 10_000
/** Cron looks this often; what is due sooner is woken by a message. */
const CRON_MS = 60_000

export function claimTerms({ now, clockSpeed }: Platform): ClaimTerms {
  return { now: now(), leaseMs: Math.max(LEAST_LEASE_MS, LEASE_MS / clockSpeed) }
}

/** Claims all monitors that are due and has them checked. Claimed but never queued, they are claimed again later. */
export async function claimDueMonitors(platform: Platform): Promise<number> {
  const db = await platform.database()
  let total = 0
  for (;;) {
    const claims = await claimDue(db, CLAIMED_AT_ONCE, claimTerms(platform))
    await platform.queueChecks(claims.map((claim): CheckJob => ({ v: 1, kind: 'check', ...claim })))
    total += claims.length
    if (claims.length < CLAIMED_AT_ONCE || total >= MOST_PER_ROUND) return total
  }
}

/** Has a monitor checked now, whether due or not. Returns the check's id; one that is under way is that check. */
export async function checkNow(platform: Platform, monitorId: string): Promise<string> {
  const claim = await claimNow(await platform.database(), monitorId, claimTerms(platform))
  if (!claim) throw notFound('monitor')
  await platform.queueChecks([{ v: 1, kind: 'check', ...claim }])
  return claim.claimId
}

/** The claim of one monitor, if it is due and nobody else's. */
export async function claimWoken(platform: Platform, monitorId: string) {
  return claimIfDue(await platform.database(), monitorId, claimTerms(platform))
}

/** What is due before cron looks again is woken by a message; should that get lost, cron finds it all the same. */
export async function wakeSoon(platform: Platform, monitorId: string, at: Date | null): Promise<void> {
  if (at === null) return
  const waitMs = at.getTime() - platform.now().getTime()
  if (waitMs > CRON_MS) return
  try {
    await platform.queueChecks([{ v: 1, kind: 'wake', monitorId }], Math.max(0, Math.ceil(waitMs / 1_000)))
  } catch (error) {
    console.warn(JSON.stringify({ message: 'a check waits for cron', monitorId, error: String(error) }))
  }
}
