/** So many tokens in so much time; the bucket holds as many, so a burst may spend them all at once. */
export interface BucketPolicy {
  quota: number
  windowSeconds: number
}

export interface Bucket {
  tokens: number
  /** Epoch milliseconds of when it held them. */
  at: number
}

export interface Wish {
  cost: number
  /** Tokens to take along for the next calls, as far as that leaves enough to others. */
  spare: number
}

export interface Taken {
  bucket: Bucket
  /** The cost and what was taken along; 0 when the cost can't be had now. */
  granted: number
  /** Whole tokens left. */
  remaining: number
  /** Until the cost can be had; 0 when it was. */
  waitSeconds: number
  /** Until the bucket is full again. */
  fullInSeconds: number
}

/** Of what is left, so much may be taken along: eight takers in a row still leave a third. */
const SPARE_SHARE = 1 / 8

/** Takes tokens from a bucket as it stands now; a new bucket is full. What costs more than a bucket holds takes a full one. */
export function take(held: Bucket | undefined, policy: BucketPolicy, wish: Wish, now: number): Taken {
  const tokens = refilled(held, policy, now)
  const cost = Math.min(wish.cost, policy.quota)
  if (tokens < cost) return taken({ tokens, at: now }, policy, { granted: 0, missing: cost - tokens })
  const spare = Math.max(0, Math.min(wish.spare, Math.floor((tokens - cost) * SPARE_SHARE)))
  const granted = cost + spare
  return taken({ tokens: tokens - granted, at: now }, policy, { granted, missing: 0 })
}

function refilled(held: Bucket | undefined, policy: BucketPolicy, now: number): number {
  if (!held) return policy.quota
  // A clock that was set back takes nothing away.
  const seconds = Math.max(0, now - held.at) / 1_000
  return Math.min(policy.quota, held.tokens + seconds * perSecond(policy))
}

function taken(bucket: Bucket, policy: BucketPolicy, end: { granted: number; missing: number }): Taken {
  const rate = perSecond(policy)
  return {
    bucket,
    granted: end.granted,
    remaining: Math.floor(bucket.tokens),
    waitSeconds: Math.ceil(end.missing / rate),
    fullInSeconds: Math.ceil((policy.quota - bucket.tokens) / rate),
  }
}

function perSecond({ quota, windowSeconds }: BucketPolicy): number {
  return quota / windowSeconds
}
