import type { RateLimiterRpc } from '../../src/contracts/rate-limiter.ts'
import type { LimitStanding } from '../../src/domain/limits/rate-limit-fields.ts'
import type { BucketPolicy } from '../../src/domain/limits/token-bucket.ts'
import { log } from '../log.ts'

/** What is limited: the subject is what has the bucket, the name what callers read of its policy. */
export interface Limit {
  name: string
  subject: string
  policy: BucketPolicy
}

/** How a limit stands after a charge; `waitSeconds` is above 0 when the call must wait. */
export interface Charge {
  standing: LimitStanding
  waitSeconds: number
}

/** Tokens that this isolate has taken along, so that the next calls need not ask. */
interface Share {
  tokens: number
  goodUntil: number
  blockedUntil: number
  /** Calls that are asking for more right now. */
  asking: number
  left: number
  fullAt: number
}

/** A share that nobody used for so long is dropped: its bucket has refilled meanwhile. */
const SHARE_MS = 10_000
/** Of a quota, taken along at a time: one call in that many asks the object. */
const SPARE_PART = 1 / 50
const MAX_SHARES = 10_000
/** A bucket that says nothing for so long is as good as none: calls must not pile up behind it. */
const ASK_WITHIN_MS = 1_000

const shares = new Map<string, Share>()

export function forgetShares(): void {
  shares.clear()
}

/** Takes the cost from the limit's bucket: from what this isolate holds of it, or else from the bucket itself. */
export async function charge(buckets: DurableObjectNamespace, limit: Limit, cost: number): Promise<Charge> {
  const now = Date.now()
  const share = shareOf(limit.subject, now)
  if (share.goodUntil > now && share.tokens >= cost) {
    share.tokens -= cost
    return standingOf(limit, share, 0)
  }
  if (share.blockedUntil > now) return standingOf(limit, share, Math.ceil((share.blockedUntil - now) / 1_000))
  return ask(buckets, limit, share, cost)
}

async function ask(buckets: DurableObjectNamespace, limit: Limit, share: Share, cost: number): Promise<Charge> {
  // Simultaneous calls must not each take a share along; nor may one wait for another's answer, in a Worker.
  const spare = share.asking === 0 ? Math.floor(limit.policy.quota * SPARE_PART) : 0
  share.asking += 1
  try {
    const bucket = buckets.getByName(limit.subject) as unknown as RateLimiterRpc
    const reply = await inTime(bucket.take({ policy: limit.policy, cost, spare }))
    const now = Date.now()
    share.left = reply.remaining
    share.fullAt = now + reply.fullInSeconds * 1_000
    if (reply.waitSeconds > 0) share.blockedUntil = now + reply.waitSeconds * 1_000
    else add(share, reply.granted - Math.min(cost, limit.policy.quota), now)
    return standingOf(limit, share, reply.waitSeconds)
  } catch (error) {
    // A limit that can't be asked must not become an outage.
    log('warn', 'a rate limit could not be asked', { limit: limit.name, error: String(error) })
    return standingOf(limit, share, 0)
  } finally {
    share.asking -= 1
  }
}

function inTime<Reply>(reply: Promise<Reply>): Promise<Reply> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ASK_WITHIN_MS} ms`)), ASK_WITHIN_MS)
  })
  return Promise.race([reply, late]).finally(() => clearTimeout(timer))
}

function add(share: Share, spare: number, now: number): void {
  if (share.goodUntil <= now) share.tokens = 0
  share.tokens += spare
  share.goodUntil = now + SHARE_MS
}

function shareOf(subject: string, now: number): Share {
  const known = shares.get(subject)
  if (known) return known
  if (shares.size >= MAX_SHARES) shares.clear()
  const fresh: Share = { tokens: 0, goodUntil: 0, blockedUntil: 0, asking: 0, left: 0, fullAt: now }
  shares.set(subject, fresh)
  return fresh
}

function standingOf({ name, policy }: Limit, share: Share, waitSeconds: number): Charge {
  const remaining = waitSeconds > 0 ? 0 : Math.min(policy.quota, share.left + share.tokens)
  const resetSeconds = Math.max(waitSeconds, Math.ceil((share.fullAt - Date.now()) / 1_000), 0)
  return { standing: { name, policy, remaining, resetSeconds }, waitSeconds }
}
