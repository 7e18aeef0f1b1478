import { DurableObject } from 'cloudflare:workers'
import type { RateLimiterRpc, TakeOrder, TakeReply } from '../../src/contracts/rate-limiter.ts'
import { type Bucket, take } from '../../src/domain/limits/token-bucket.ts'

const KEPT = 'kept'

interface Kept {
  bucket: Bucket
  windowSeconds: number
}

/**
 * The one bucket of a key, a workspace or an address, wherever its calls arrive. It is kept on disk, so that neither eviction nor
 * a restart fills it; once it is full again nothing of it is kept, so that passers-by leave no trace.
 */
export class RateLimiter extends DurableObject<object> implements RateLimiterRpc {
  #kept: Kept | undefined

  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env)
    this.#kept = ctx.storage.kv.get<Kept>(KEPT)
  }

  async take({ policy, cost, spare }: TakeOrder): Promise<TakeReply> {
    const { bucket, ...reply } = take(this.#kept?.bucket, policy, { cost, spare }, Date.now())
    // A refusal changes nothing that time would not: no write, however often it is asked.
    if (reply.granted === 0) return reply
    const isFirst = this.#kept === undefined
    this.#kept = { bucket, windowSeconds: policy.windowSeconds }
    this.ctx.storage.kv.put(KEPT, this.#kept)
    if (isFirst) await this.ctx.storage.setAlarm(fullAt(this.#kept))
    return reply
  }

  override async alarm(): Promise<void> {
    if (this.#kept && fullAt(this.#kept) > Date.now()) {
      await this.ctx.storage.setAlarm(fullAt(this.#kept))
    } else {
      this.#kept = undefined
      await this.ctx.storage.deleteAll()
    }
  }
}

/** A window without a call fills any bucket. */
function fullAt({ bucket, windowSeconds }: Kept): number {
  return bucket.at + windowSeconds * 1_000
}
