import type { BucketPolicy } from './token-bucket.ts'

/** How one limit stands after a call. */
export interface LimitStanding {
  /** Of the policy, as in `key`. */
  name: string
  policy: BucketPolicy
  remaining: number
  /** Until the whole quota is there again. */
  resetSeconds: number
}

/** `RateLimit-Policy` and `RateLimit` as in draft-ietf-httpapi-ratelimit-headers-11 §3 and §4: lists of RFC 9651, an item for each policy. */
export function rateLimitFields(standings: readonly LimitStanding[]): { policy: string; limit: string } {
  return {
    policy: standings.map(({ name, policy }) => `"${name}";q=${policy.quota};w=${policy.windowSeconds}`).join(', '),
    limit: standings
      .map(({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`)
      .join(', '),
  }
}
