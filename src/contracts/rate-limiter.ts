import type { BucketPolicy, Taken, Wish } from '../domain/limits/token-bucket.ts'

export interface TakeOrder extends Wish {
  policy: BucketPolicy
}

export type TakeReply = Omit<Taken, 'bucket'>

/** The calls of a RateLimiter, which is named for what it limits: a key, a workspace, an address. */
export interface RateLimiterRpc {
  take(order: TakeOrder): Promise<TakeReply>
}
