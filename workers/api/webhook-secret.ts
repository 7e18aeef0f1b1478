import type { Context } from 'hono'
import type { CrawlWebhook, NewCrawl } from '../../src/contracts/api/crawl.ts'
import { webhookSecretOf } from '../../src/flows/crawl/crawl-webhook.ts'
import type { ApiTypes } from './context.ts'

/**
 * The answer to who starts a crawl, with the secret that was made for its webhook. The answer that an Idempotency-Key keeps has
 * no secret in it, which is stored nowhere in the open: it is put in here.
 */
export async function withWebhookSecret(
  c: Context<ApiTypes>,
  answer: Response,
  webhook: CrawlWebhook | undefined,
): Promise<Response> {
  if (!webhook || webhook.secret !== undefined) return answer
  const crawl = await answer.json<NewCrawl>()
  const secret = await webhookSecretOf(c.get('platform'), c.get('caller').workspaceId, crawl.id)
  const headers = { location: answer.headers.get('location') ?? '' }
  return c.json({ ...crawl, ...(secret !== undefined && { webhook: { secret } }) }, 202, headers)
}
