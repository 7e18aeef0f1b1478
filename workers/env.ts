import type { CheckJob, DeliverJob, FinishJob, VisitJob } from '../src/contracts/jobs.ts'

/** The bindings of `wrangler.toml`; self-hosted they are the same, and PROBE comes in addition. */
export interface Env {
  DOMAIN_FRONTIER: DurableObjectNamespace
  CRAWL_LEDGER: DurableObjectNamespace
  VISIT_QUEUE: Queue<VisitJob>
  FINISH_QUEUE: Queue<FinishJob>
  DELIVER_QUEUE: Queue<DeliverJob>
  CHECK_QUEUE: Queue<CheckJob>
  ARCHIVE: R2Bucket
  HYPERDRIVE: Hyperdrive
  /** Says why connections fail, where there is something beside the Worker that can tell. */
  PROBE?: Fetcher
  LAPIS_ALLOW_PRIVATE_NETWORKS?: string
  LAPIS_CORS_ORIGINS?: string
  LAPIS_MAIL_FROM?: string
  LAPIS_PUBLIC_URL?: string
  LAPIS_REGISTRATION?: string
  /** A secret too: there is a password in it. */
  LAPIS_SMTP_URL?: string
  /** A secret, not a variable of wrangler.toml: access tokens are signed with a key derived from it. */
  LAPIS_TOKEN_SECRET?: string
  /** A secret, too: credentials of crawls are encrypted with a key derived from it. */
  LAPIS_ENCRYPTION_SECRET?: string
  LAPIS_TEST_CLOCK_SPEED?: string
  LAPIS_USER_AGENT?: string
  LAPIS_VERSION?: string
}
