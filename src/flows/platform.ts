import type { FrontierRpc } from '../contracts/frontier.ts'
import type { CheckJob } from '../contracts/jobs.ts'
import type { LedgerRpc } from '../contracts/ledger.ts'
import type { SendMail } from '../contracts/mail.ts'
import type { Explain } from '../net/explain.ts'
import type { Renderer } from '../net/rendering/renderer.ts'
import type { Database } from '../storage/postgres/database.ts'
import type { Quotas } from './usage/quota.ts'

/** What a flow works with: the same everywhere, built once per invocation from the Worker's bindings. */
export interface Platform {
  database: () => Promise<Database>
  archive: R2Bucket
  frontier: (domain: string) => FrontierRpc
  ledger: (crawlId: string) => LedgerRpc
  /** Has deliveries tried, as soon as may be or after a while; what gets lost is found by the sweep. */
  queueDeliveries: (deliveryIds: readonly string[], delaySeconds?: number) => Promise<void>
  /** Has monitors checked, at once or after a while; what gets lost is found by cron. */
  queueChecks: (jobs: readonly CheckJob[], delaySeconds?: number) => Promise<void>
  net: NetworkManners
  /** A browser session of one's own, opened when it is first needed; undefined where there is no browser. */
  openRenderer: (() => Renderer) | undefined
  /** The first signs access tokens; the others are older ones, still accepted. Empty where nobody can sign in. */
  tokenSecrets: readonly string[]
  /** The first encrypts; the others are older ones. Empty where crawls can't keep credentials. */
  encryptionSecrets: readonly string[]
  isRegistrationOpen: boolean
  quotas: Quotas
  /** Undefined where the operator has not said how e-mail is sent. */
  sendMail: SendMail | undefined
  /** Where people find us, without a trailing slash. */
  publicUrl: string
  /** Divides the waits between attempts; more than 1 in tests only. */
  clockSpeed: number
  now: () => Date
}

/** How we appear to the web, and what of it we may reach. */
export interface NetworkManners {
  userAgent: string
  productToken: string
  allowedNetworks: string[]
  explain: Explain
  /** Whether a host name may be reached at all. */
  mayReach: (host: string) => Promise<boolean>
}
