import { Hono } from 'hono'
import { CreateBatch } from '../../../src/contracts/api/batch.ts'
import { startBatch } from '../../../src/flows/crawl/start-batch.ts'
import { requireQuota } from '../../../src/flows/usage/quota.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { created } from '../created.ts'
import { body } from '../input.ts'
import { noted } from '../noted.ts'
import { crawlResource } from './crawls.ts'

/** A batch is a crawl that discovers nothing; once accepted it answers here and under `/v1/crawls` alike. */
export const batches = new Hono<ApiTypes>()

batches.post('/', needs('crawls:write'), async (c) => {
  const request = await body(c, CreateBatch)
  return created(c, async () => {
    await requireQuota(c.get('platform'), c.get('caller').workspaceId, 'pages', request.urls.length)
    const batch = await startBatch(c.get('platform'), c.get('caller').workspaceId, request)
    await noted(c, 'crawl.created', batch.id)
    return { status: 202, headers: { location: `/v1/crawls/${batch.id}` }, body: batch }
  })
})

batches.route('/', crawlResource)
