import { Hono } from 'hono'
import { CreateBatch } from '../../../src/contracts/api/batch.ts'
import { startBatch } from '../../../src/flows/crawl/start-batch.ts'
import { renderWithinQuota, requireQuota } from '../../../src/flows/usage/quota.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { created } from '../created.ts'
import { body } from '../input.ts'
import { noted } from '../noted.ts'
import { withWebhookSecret } from '../webhook-secret.ts'
import { crawlResource } from './crawls.ts'

/** A batch is a crawl that discovers nothing; once accepted it answers here and under `/v1/crawls` alike. */
export const batches = new Hono<ApiTypes>()

batches.post('/', needs('crawls:write'), async (c) => {
  const request = await body(c, CreateBatch)
  const answer = await created(c, async () => {
    const [platform, { workspaceId }] = [c.get('platform'), c.get('caller')]
    await requireQuota(platform, workspaceId, 'pages', request.urls.length)
    const render = await renderWithinQuota(platform, workspaceId, request)
    const batch = await startBatch(platform, workspaceId, { ...request, render })
    await noted(c, 'crawl.created', batch.id)
    return { status: 202, headers: { location: `/v1/crawls/${batch.id}` }, body: batch }
  })
  return withWebhookSecret(c, answer, request.webhook)
})

batches.route('/', crawlResource)
