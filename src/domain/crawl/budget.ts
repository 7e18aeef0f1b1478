import { type PermitHolder, isSpent } from './permits.ts'

/** Why a crawl takes no further page; also the reason of the URLs that it leaves. */
export type Closed = 'cancelled' | 'limit' | 'bytes' | 'time'

/** What a crawl may use. Pages are exact; bytes and time end the leasing, and what is in flight by then still counts. */
export interface Budget {
  limit: number
  /** Bytes of recorded bodies, after decompression. */
  maxBytes?: number
  /** From the first report of a frontier on. */
  maxDurationMs?: number
}

/** The budget that is used up, if one is. */
export function spentBudget(
  { limit, maxBytes, maxDurationMs }: Budget,
  used: { holders: readonly PermitHolder[]; bytes: number; elapsedMs: number },
): Exclude<Closed, 'cancelled'> | undefined {
  if (isSpent(limit, used.holders)) return 'limit'
  if (maxBytes !== undefined && used.bytes >= maxBytes) return 'bytes'
  return maxDurationMs !== undefined && used.elapsedMs >= maxDurationMs ? 'time' : undefined
}
