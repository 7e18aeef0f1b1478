import { z } from 'zod'
import { type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, createDocument } from 'zod-openapi'
import { CreateBatch } from '../../src/contracts/api/batch.ts'
import { GonePage } from '../../src/contracts/api/change.ts'
import { ListQuery, listOf } from '../../src/contracts/api/common.ts'
import {
  Crawl,
  CrawlOrigin,
  CrawlUrl,
  CreateCrawl,
  EventsQuery,
  ExportQuery,
  PagesQuery,
  UrlsQuery,
} from '../../src/contracts/api/crawl.ts'
import { CrawlEvent } from '../../src/contracts/api/crawl-event.ts'
import { Document } from '../../src/contracts/api/document.ts'
import { MapAnswer, MapRequest } from '../../src/contracts/api/map.ts'
import { ScrapeAnswer, ScrapeRequest } from '../../src/contracts/api/scrape.ts'
import type { Config } from '../config.ts'
import { IdempotencyKey, answer, json, problems, withEtags } from './openapi-answers.ts'
import { deliveryPaths } from './openapi-delivery.ts'
import { identityPaths } from './openapi-identity.ts'
import { monitorPaths } from './openapi-monitors.ts'
import { peoplePaths } from './openapi-people.ts'

type Operation = ZodOpenApiOperationObject

const CrawlId = z.object({ id: z.uuid() })
const State = z.enum(['ok', 'unreachable'])
const Readiness = z.object({
  status: z.enum(['ready', 'not_ready']),
  dependencies: z.object({ database: State, archive: State, durableObjects: State }),
})

const open = (summary: string, responses: Operation['responses']): Operation => ({ summary, security: [], responses })

const binary = { schema: z.string().meta({ format: 'binary' }) }

const paths: ZodOpenApiPathsObject = {
  '/health': {
    get: open('Alive', { 200: { description: 'Alive', content: json(z.object({ status: z.literal('ok') })) } }),
  },
  '/ready': {
    get: open('Ready for work', {
      200: { description: 'Ready', content: json(Readiness) },
      503: { description: 'A dependency is missing', content: json(Readiness) },
    }),
  },
  '/metrics': {
    get: {
      summary: 'For Prometheus',
      description: 'With a bearer token of its own where the operator has set LAPIS_METRICS_TOKEN.',
      security: [],
      responses: {
        200: { description: 'Text exposition format 0.0.4', content: { 'text/plain': { schema: z.string() } } },
        ...problems(),
      },
    },
  },
  '/status': {
    get: open('Whether everything works, for people', {
      200: { description: 'It does', content: { 'text/html': { schema: z.string() } } },
      503: { description: 'It does not', content: { 'text/html': { schema: z.string() } } },
    }),
  },
  '/docs': {
    get: open('This document, for people', {
      200: { description: 'A page', content: { 'text/html': { schema: z.string() } } },
    }),
  },
  '/openapi.json': {
    get: open('This document', {
      200: { description: 'OpenAPI 3.1', content: json(z.looseObject({ openapi: z.string() })) },
    }),
  },
  '/postman.json': {
    get: open('This document as a Postman collection', {
      200: { description: 'Collection format 2.1.0', content: json(z.looseObject({ info: z.looseObject({}) })) },
    }),
  },
  '/bot': {
    get: open('What this crawler is, how to block it', {
      200: { description: 'Text', content: { 'text/plain': { schema: z.string() } } },
    }),
  },
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
      responses: answer(202, 'Accepted; see Location', Crawl, [400, 403, 409, 413, 415, 422]),
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
  ...identityPaths,
  ...peoplePaths,
  ...monitorPaths,
  ...deliveryPaths,
  '/v1/crawls': {
    post: {
      summary: 'Start a crawl',
      requestParams: { header: IdempotencyKey },
      requestBody: { content: json(CreateCrawl) },
      responses: answer(202, 'Accepted; see Location', Crawl, [400, 403, 404, 409, 413, 415, 422]),
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
}

/** OpenAPI 3.1, from the same shapes that validate requests. */
export function openApiDocument(config: Config) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Lapis Spider',
      version: config.version,
      description: 'Websites in, clean and structured data out.',
    },
    servers: [{ url: config.publicUrl }],
    security: [{ apiKey: [] }, { accessToken: [] }, { browserSession: [] }],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key (lps_…)' },
        browserSession: {
          type: 'apiKey',
          in: 'cookie',
          name: 'lapis_session',
          description:
            'From POST /v1/auth/session (`__Host-lapis_session` on HTTPS); every call that is not a GET needs X-CSRF-Token',
        },
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From /v1/auth/login' },
      },
    },
    paths: withEtags(paths),
  })
}
