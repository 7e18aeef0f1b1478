import { Hono } from 'hono'
import { z } from 'zod'
import { ListQuery } from '../../../src/contracts/api/common.ts'
import { CreateCrawl, EventsQuery, ExportQuery, PagesQuery, UrlsQuery } from '../../../src/contracts/api/crawl.ts'
import { exportCrawl } from '../../../src/flows/crawl/export-crawl.ts'
import { listGone } from '../../../src/flows/crawl/list-gone.ts'
import { listDocuments } from '../../../src/flows/crawl/list-pages.ts'
import { listOrigins } from '../../../src/flows/crawl/list-origins.ts'
import { listUrls } from '../../../src/flows/crawl/list-urls.ts'
import {
  cancelCrawl,
  crawlRow,
  deleteCrawl,
  pauseCrawl,
  showCrawl,
  showCrawls,
} from '../../../src/flows/crawl/manage-crawls.ts'
import { requireScope } from '../../../src/flows/identity/authenticate.ts'
import { startCrawl } from '../../../src/flows/crawl/start-crawl.ts'
import { renderWithinQuota, requireQuota } from '../../../src/flows/usage/quota.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { created } from '../created.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { download } from '../download.ts'
import { eventSocket, isHandshake } from '../handshake.ts'
import { bodiless, body, id, query } from '../input.ts'
import { noted } from '../noted.ts'
import { withWebhookSecret } from '../webhook-secret.ts'

const CrawlsPlace = z.object({ before: z.uuid() })
const PagesPlace = z.object({ after: z.number().int() })
const FrontierPlace = z.object({ frontier: z.number().int().min(0), after: z.number().int().min(0) })

const EXPORTS = {
  jsonl: { type: 'application/x-ndjson', extension: 'jsonl' },
  csv: { type: 'text/csv; charset=utf-8', extension: 'csv' },
  markdown: { type: 'application/zip', extension: 'zip' },
  warc: { type: 'application/warc', extension: 'warc.gz' },
} as const

export const crawls = new Hono<ApiTypes>()

crawls.post('/', needs('crawls:write'), async (c) => {
  const request = await body(c, CreateCrawl)
  if (request.robots === 'ignore') requireScope(c.get('caller'), '*')
  const answer = await created(c, async () => {
    const [platform, { workspaceId }] = [c.get('platform'), c.get('caller')]
    await requireQuota(platform, workspaceId, 'pages')
    const render = await renderWithinQuota(platform, workspaceId, request.scrapeOptions)
    const crawl = await startCrawl(platform, workspaceId, {
      ...request,
      scrapeOptions: { ...request.scrapeOptions, render },
    })
    await noted(c, 'crawl.created', crawl.id)
    return { status: 202, headers: { location: `/v1/crawls/${crawl.id}` }, body: crawl }
  })
  return withWebhookSecret(c, answer, request.webhook)
})

crawls.get('/', needs('crawls:read'), async (c) => {
  const { limit, cursor } = query(c, ListQuery)
  const place = decodeCursor(cursor, CrawlsPlace)
  const list = await showCrawls(c.get('platform'), c.get('caller').workspaceId, { ...place, limit })
  const last = list.crawls.at(-1)
  return c.json({ data: list.crawls, nextCursor: list.more && last ? encodeCursor({ before: last.id }) : null })
})

/** One crawl, once it is there: a batch is one, too. */
export const crawlResource = new Hono<ApiTypes>()

crawlResource.get('/:id', needs('crawls:read'), async (c) => {
  return c.json(await showCrawl(c.get('platform'), c.get('caller').workspaceId, id(c, 'crawl')))
})

crawlResource.get('/:id/pages', needs('crawls:read'), async (c) => {
  const { limit, cursor, formats, change } = query(c, PagesQuery)
  const platform = c.get('platform')
  const crawl = await crawlRow(platform, c.get('caller').workspaceId, id(c, 'crawl'))
  const after = decodeCursor(cursor, PagesPlace)?.after ?? -1
  const narrowed = { ...(formats && { formats }), ...(change && { change }) }
  const page = await listDocuments(platform, crawl, { after, limit, ...narrowed })
  return c.json({ data: page.documents, nextCursor: page.next === null ? null : encodeCursor({ after: page.next }) })
})

crawlResource.get('/:id/gone', needs('crawls:read'), async (c) => {
  const { limit, cursor } = query(c, ListQuery)
  const platform = c.get('platform')
  const crawl = await crawlRow(platform, c.get('caller').workspaceId, id(c, 'crawl'))
  const after = decodeCursor(cursor, PagesPlace)?.after ?? -1
  const { pages, next } = await listGone(platform, crawl, { after, limit })
  return c.json({ data: pages, nextCursor: next === null ? null : encodeCursor({ after: next }) })
})

crawlResource.get('/:id/urls', needs('crawls:read'), async (c) => {
  const { limit, cursor, state } = query(c, UrlsQuery)
  const from = decodeCursor(cursor, FrontierPlace) ?? { frontier: 0, after: 0 }
  const wanted = { crawlId: id(c, 'crawl'), from, limit, ...(state && { state }) }
  const page = await listUrls(c.get('platform'), c.get('caller').workspaceId, wanted)
  return c.json({ data: page.urls, nextCursor: page.next && encodeCursor(page.next) })
})

crawlResource.get('/:id/origins', needs('crawls:read'), async (c) => {
  const { limit, cursor } = query(c, ListQuery)
  const from = decodeCursor(cursor, FrontierPlace) ?? { frontier: 0, after: 0 }
  const page = await listOrigins(c.get('platform'), c.get('caller').workspaceId, {
    crawlId: id(c, 'crawl'),
    from,
    limit,
  })
  return c.json({ data: page.origins, nextCursor: page.next && encodeCursor(page.next) })
})

crawlResource.get('/:id/events', needs('crawls:read'), async (c) => {
  const given = query(c, EventsQuery).lastEventId ?? c.req.header('last-event-id')
  const platform = c.get('platform')
  const crawl = await crawlRow(platform, c.get('caller').workspaceId, id(c, 'crawl'))
  // An id that is none of ours starts from where the crawl stands. -1: whatever there is, is news.
  const after = /^\d{1,15}$/.test(given ?? '') ? Number(given) : -1
  const ledger = platform.ledger(crawl.id)
  if (isHandshake(c)) return eventSocket(c, ledger, after)
  const stream = await ledger.events(after)
  // HTML Living Standard §9.2.3: a browser's EventSource stops reconnecting at 204.
  if (!stream) return c.body(null, 204)
  return c.body(stream, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
})

crawlResource.get('/:id/export', needs('crawls:read'), async (c) => {
  const { format } = query(c, ExportQuery)
  const platform = c.get('platform')
  const crawl = await crawlRow(platform, c.get('caller').workspaceId, id(c, 'crawl'))
  const { type, extension } = EXPORTS[format]
  return download(exportCrawl(platform, crawl, format), { type, name: `crawl-${crawl.id}.${extension}` })
})

crawlResource.post('/:id/cancel', needs('crawls:write'), bodiless, async (c) => {
  const crawl = await cancelCrawl(c.get('platform'), c.get('caller').workspaceId, id(c, 'crawl'))
  await noted(c, 'crawl.cancelled', crawl.id)
  return c.json(crawl)
})

crawlResource.post('/:id/pause', needs('crawls:write'), bodiless, async (c) => {
  const crawl = await pauseCrawl(c.get('platform'), c.get('caller').workspaceId, id(c, 'crawl'), true)
  await noted(c, 'crawl.paused', crawl.id)
  return c.json(crawl)
})

crawlResource.post('/:id/resume', needs('crawls:write'), bodiless, async (c) => {
  const crawl = await pauseCrawl(c.get('platform'), c.get('caller').workspaceId, id(c, 'crawl'), false)
  await noted(c, 'crawl.resumed', crawl.id)
  return c.json(crawl)
})

crawlResource.delete('/:id', needs('crawls:write'), bodiless, async (c) => {
  await deleteCrawl(c.get('platform'), c.get('caller').workspaceId, id(c, 'crawl'))
  await noted(c, 'crawl.deleted', id(c, 'crawl'))
  return c.body(null, 204)
})

crawls.route('/', crawlResource)
