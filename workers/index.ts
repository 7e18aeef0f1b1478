import { app } from './http.ts'
import { dispatchCron } from './cron/dispatch.ts'
import type { Env } from './env.ts'
import { dispatchQueue } from './queues/dispatch.ts'

export { CrawlLedger } from '../durable-objects/crawl-ledger/object.ts'
export { Renderer } from '../durable-objects/renderer/object.ts'
export { RateLimiter } from '../durable-objects/rate-limiter/object.ts'
export { RequestMeter } from '../durable-objects/request-meter/object.ts'
export { DomainFrontier } from '../durable-objects/domain-frontier/object.ts'

export default {
  fetch: app.fetch,
  queue: dispatchQueue,
  scheduled: dispatchCron,
} satisfies ExportedHandler<Env>
