import type { CrawlBrief } from '../domain/crawl/crawl-brief.ts'
import type { Lease } from './frontier.ts'

/** Messages of `lapis-visit`. Version and kind come first; fields are only ever added. A message is a hint: the lease is the truth. */
export type VisitJob =
  | { v: 1; kind: 'visit'; lease: Lease; brief: CrawlBrief }
  | { v: 1; kind: 'robots'; domain: string; origin: string; leaseId: string; maxBytes: number }

/** Message of `lapis-finish`: the crawl's numbers are final and wait in its ledger. */
export interface FinishJob {
  v: 1
  kind: 'finish'
  crawlId: string
}

/** Message of `lapis-deliver`: this delivery may be due. Its row is the truth. */
export interface DeliverJob {
  v: 1
  kind: 'deliver'
  deliveryId: string
}

/** Messages of `lapis-check`: a check that was claimed, or a monitor that may be due by now. The monitor's row is the truth. */
export type CheckJob =
  | { v: 1; kind: 'check'; monitorId: string; claimId: string }
  | { v: 1; kind: 'wake'; monitorId: string }

/** Cloudflare Queues refuse a message over 128,000 bytes; a lease is cut to stay well below. */
export const MAX_LEASE_URL_BYTES = 64_000
