import type { CheckJob, DeliverJob, FinishJob, VisitJob } from '../src/contracts/jobs.ts'

/** The bindings of `wrangler.toml`; self-hosted they are the same, and PROBE comes in addition. */
export interface Env {
  DOMAIN_FRONTIER: DurableObjectNamespace
  CRAWL_LEDGER: DurableObjectNamespace
  RATE_LIMITER: DurableObjectNamespace
  REQUEST_METER: DurableObjectNamespace
  VISIT_QUEUE: Queue<VisitJob>
  FINISH_QUEUE: Queue<FinishJob>
  DELIVER_QUEUE: Queue<DeliverJob>
  CHECK_QUEUE: Queue<CheckJob>
  ARCHIVE: R2Bucket
  HYPERDRIVE: Hyperdrive
  /** Browsers; absent where the operator wants none. */
  BROWSER?: Fetcher
  /** Our own renderer in Cloudflare Containers, where containers/renderer/cloudflare.toml is deployed with it: it goes before BROWSER. */
  RENDERER?: DurableObjectNamespace
  /** Says why connections fail, where there is something beside the Worker that can tell. */
  PROBE?: Fetcher
  LAPIS_ALLOW_PRIVATE_NETWORKS?: string
  LAPIS_CORS_ORIGINS?: string
  LAPIS_MAIL_FROM?: string
  /** A secret, too. */
  LAPIS_METRICS_TOKEN?: string
  LAPIS_PUBLIC_URL?: string
  /** A month's worth for each workspace; empty or 0: no limit. */
  LAPIS_QUOTA_CHECKS?: string
  LAPIS_QUOTA_PAGES?: string
  LAPIS_QUOTA_RENDERS?: string
  /** Calls per minute: of a key or person, of a workspace, of an address that is not known yet; registrations per hour. 0: no limit. */
  LAPIS_RATE_LIMIT?: string
  LAPIS_RATE_LIMIT_WORKSPACE?: string
  LAPIS_RATE_LIMIT_ADDRESS?: string
  LAPIS_REGISTRATION_LIMIT?: string
  LAPIS_REGISTRATION?: string
  LAPIS_RENDER?: string
  /** How many containers RENDERER may use; 1 unless set. */
  LAPIS_RENDERER_INSTANCES?: string
  /** A secret too: there is a password in it. */
  LAPIS_SMTP_URL?: string
  /** A secret, not a variable of wrangler.toml: access tokens are signed with a key derived from it. */
  LAPIS_TOKEN_SECRET?: string
  /** CIDRs of the reverse proxies whose X-Forwarded-For is believed. */
  LAPIS_TRUSTED_PROXIES?: string
  /** A secret, too: credentials of crawls are encrypted with a key derived from it. */
  LAPIS_ENCRYPTION_SECRET?: string
  LAPIS_TEST_CLOCK_SPEED?: string
  /** Tests only: the share of queue messages that arrive late or twice, 0 to 1. */
  LAPIS_TEST_QUEUE_MISCHIEF?: string
  LAPIS_USER_AGENT?: string
  LAPIS_VERSION?: string
}
