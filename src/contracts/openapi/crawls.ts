import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { CreateBatch } from '../api/batch.ts'
import { GonePage } from '../api/change.ts'
import { ListQuery, listOf } from '../api/common.ts'
import {
  Crawl,
  CrawlOrigin,
  CrawlUrl,
  CreateCrawl,
  EventsQuery,
  ExportQuery,
  NewCrawl,
  PagesQuery,
  UrlsQuery,
} from '../api/crawl.ts'
import { CrawlEvent } from '../api/crawl-event.ts'
import { Document } from '../api/document.ts'
import { MapAnswer, MapRequest } from '../api/map.ts'
import { ScrapeAnswer, ScrapeRequest } from '../api/scrape.ts'
import { IdempotencyKey, answer, json, problems } from './answers.ts'

const CrawlId = z.object({ id: z.uuid() })

const binary = { schema: z.string().meta({ format: 'binary' }) }

/** Scrapes, maps, batches and crawls. */
export const crawlPaths = {
  '/v1/scrape': {
    post: {
      summary: 'Fetch and read one page',
      requestBody: { content: json(ScrapeRequest) },
      responses: answer(200, 'The document', ScrapeAnswer, [400, 403, 413, 415, 422]),
    },
  },
  '/v1/batches': {
    post: {
      summary: 'Fetch and read given pages; the answer is a crawl that discovers nothing',
      requestParams: { header: IdempotencyKey },
      requestBody: { content: json(CreateBatch) },
      responses: answer(202, 'Accepted; see Location', NewCrawl, [400, 403, 409, 413, 415, 422]),
    },
  },
  '/v1/map': {
    post: {
      summary: 'List the URLs of a site without crawling it',
      requestBody: { content: json(MapRequest) },
      responses: answer(200, 'Its URLs, each once', MapAnswer, [400, 403, 413, 415, 422]),
    },
  },
  '/v1/captures/{id}': {
    get: {
      summary: 'What a browser made of a page: the picture or PDF that `screenshotUrl` or `pdfUrl` names',
      description: 'Those of scrapes are kept for 7 days, those of crawls and batches as long as these.',
      requestParams: { path: CrawlId },
      responses: {
        200: {
          description: 'The picture, or the PDF',
          content: { 'image/png': binary, 'image/jpeg': binary, 'image/webp': binary, 'application/pdf': binary },
        },
        ...problems(403, 404),
      },
    },
  },
  '/v1/crawls': {
    post: {
      summary: 'Start a crawl',
      requestParams: { header: IdempotencyKey },
      requestBody: { content: json(CreateCrawl) },
      responses: answer(202, 'Accepted; see Location', NewCrawl, [400, 403, 404, 409, 413, 415, 422]),
    },
    get: {
      summary: 'Crawls, newest first',
      requestParams: { query: ListQuery },
      responses: answer(200, 'A page of crawls', listOf(Crawl), [400, 403]),
    },
  },
  '/v1/crawls/{id}': {
    get: {
      summary: 'One crawl',
      requestParams: { path: CrawlId },
      responses: answer(200, 'The crawl', Crawl, [403, 404]),
    },
    delete: {
      summary: 'Delete a crawl and everything it stored',
      requestParams: { path: CrawlId },
      responses: { 204: { description: 'Gone' }, ...problems(403, 404) },
    },
  },
  '/v1/crawls/{id}/pages': {
    get: {
      summary: 'Documents in recorded order',
      requestParams: { path: CrawlId, query: PagesQuery },
      responses: answer(200, 'A page of documents', listOf(Document), [400, 403, 404]),
    },
  },
  '/v1/crawls/{id}/gone': {
    get: {
      summary: 'Pages of the crawl named by `since` that are none any more; listed once this one has ended',
      requestParams: { path: CrawlId, query: ListQuery },
      responses: answer(200, 'A page of gone pages', listOf(GonePage), [400, 403, 404]),
    },
  },
  '/v1/crawls/{id}/urls': {
    get: {
      summary: 'Every URL ever considered, with its state and reason',
      requestParams: { path: CrawlId, query: UrlsQuery },
      responses: answer(200, 'A page of URLs', listOf(CrawlUrl), [400, 403, 404]),
    },
  },
  '/v1/crawls/{id}/origins': {
    get: {
      summary: 'The origins met so far: what their robots.txt says, and the pace that is kept there',
      requestParams: { path: CrawlId, query: ListQuery },
      responses: answer(200, 'A page of origins', listOf(CrawlOrigin), [400, 403, 404]),
    },
  },
  '/v1/crawls/{id}/events': {
    get: {
      summary: 'Live progress, to the end of the crawl; each `data:` line is a CrawlEvent',
      requestParams: { path: CrawlId, query: EventsQuery },
      description:
        'Over a WebSocket when asked to upgrade: each message is a CrawlEvent as JSON, "ping" is answered by "pong", close code 1000 means that there will be no more. A browser offers its key as a subprotocol: `new WebSocket(url, ["lapis", key])`.',
      responses: {
        101: { description: 'The WebSocket' },
        200: { description: 'The stream of events', content: { 'text/event-stream': { schema: CrawlEvent } } },
        204: { description: 'The last event is the one named: there will be no more' },
        ...problems(400, 403, 404),
      },
    },
  },
  '/v1/crawls/{id}/export': {
    get: {
      summary: 'The whole result as one download',
      requestParams: { path: CrawlId, query: ExportQuery },
      responses: {
        200: {
          description: 'The file',
          content: {
            'application/x-ndjson': binary,
            'text/csv': binary,
            'application/zip': binary,
            'application/warc': binary,
          },
        },
        ...problems(400, 403, 404),
      },
    },
  },
  '/v1/crawls/{id}/pause': {
    post: {
      summary: 'Hold: nothing more is fetched until it is resumed',
      requestParams: { path: CrawlId },
      responses: answer(200, 'The crawl', Crawl, [403, 404]),
    },
  },
  '/v1/crawls/{id}/resume': {
    post: {
      summary: 'Go on with what was held',
      requestParams: { path: CrawlId },
      responses: answer(200, 'The crawl', Crawl, [403, 404]),
    },
  },
  '/v1/crawls/{id}/cancel': {
    post: {
      summary: 'Cancel',
      requestParams: { path: CrawlId },
      responses: answer(200, 'The crawl', Crawl, [403, 404]),
    },
  },
} satisfies ZodOpenApiPathsObject
