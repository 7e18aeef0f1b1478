import { z } from 'zod'
import { Change, Changes } from './change.ts'
import { WebhookSecret } from './channel.ts'
import { HttpUrl, Id, ListQuery, TargetUrl, Time } from './common.ts'
import { PAGE_FORMATS, ScrapeOptions } from './scrape.ts'

const Pattern = z.string().min(1).max(500).meta({ description: 'Regular expression, matched on path and query' })

const CRAWL_EVENTS = ['crawl.started', 'crawl.page', 'crawl.completed', 'crawl.failed', 'crawl.cancelled'] as const

const TargetOfWebhook = z.strictObject({
  url: TargetUrl,
  events: z
    .array(z.enum(CRAWL_EVENTS))
    .min(1)
    .default([...CRAWL_EVENTS]),
  secret: WebhookSecret.optional().meta({
    description: 'What deliveries are signed with; without it one is made, which the answer shows once',
  }),
})

/** Where what happens to this crawl is delivered; a bare URL hears of everything. */
export const CrawlWebhook = z
  .union([TargetUrl.transform((url) => TargetOfWebhook.parse({ url })), TargetOfWebhook])
  .meta({ description: 'A URL, or more about it; told of this crawl alone' })
export type CrawlWebhook = z.output<typeof CrawlWebhook>

export const CreateCrawl = z
  .strictObject({
    url: HttpUrl,
    limit: z.number().int().min(1).max(1_000_000).default(1_000).meta({ description: 'Most pages to record' }),
    maxBytes: z.number().int().min(1).optional().meta({
      description:
        'Bytes of recorded pages, after decompression, after which nothing more is handed out; what is in flight still counts',
    }),
    maxDurationSeconds: z
      .number()
      .int()
      .min(1)
      .max(30 * 86_400)
      .optional()
      .meta({
        description: 'Time from the start after which nothing more is handed out; what is in flight still counts',
      }),
    maxDepth: z.number().int().min(0).max(1_000).optional().meta({ description: 'Most links away from the start' }),
    includePaths: z.array(Pattern).max(100).default([]),
    excludePaths: z.array(Pattern).max(100).default([]),
    sitemap: z.enum(['include', 'skip', 'only']).default('include'),
    allowSubdomains: z.boolean().default(false),
    allowExternalLinks: z.boolean().default(false),
    entireDomain: z.boolean().default(true).meta({ description: 'false: only below the folder of the start URL' }),
    ignoreQueryParameters: z.boolean().default(false),
    robots: z.enum(['respect', 'ignore']).default('respect').meta({ description: '`ignore` needs the owner role' }),
    delayMs: z
      .number()
      .int()
      .min(0)
      .max(60_000)
      .optional()
      .meta({ description: 'Least time between two starts on one origin' }),
    maxConcurrency: z
      .number()
      .int()
      .min(1)
      .max(64)
      .default(8)
      .meta({ description: 'Most fetches in flight on one origin' }),
    noindex: z.enum(['record', 'skip']).default('record').meta({
      description: 'Pages that ask not to be indexed (meta robots, X-Robots-Tag): `skip` only follows their links',
    }),
    nearDuplicates: z.enum(['record', 'skip']).default('record').meta({
      description: 'Pages whose main text is almost that of a page recorded before: `skip` lists them as duplicates',
    }),
    iframes: z.enum(['skip', 'follow']).default('skip').meta({
      description: 'What `iframe` elements show: `follow` crawls it like a link. Framesets are always followed',
    }),
    since: Id.optional().meta({
      description:
        'A former crawl of the site, ended: its pages are asked for only if they have changed, and every page says what it is to it',
    }),
    scrapeOptions: ScrapeOptions.prefault({}),
    webhook: CrawlWebhook.optional(),
    name: z.string().min(1).max(200).optional(),
  })
  .meta({ id: 'CreateCrawl' })

const CrawlStatus = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled'])

const Count = z.number().int().min(0)

const CrawlWaiting = z.object({ reason: z.enum(['rest', 'robots', 'retry']), origin: z.string(), until: Time }).meta({
  id: 'CrawlWaiting',
  description:
    'Why nothing starts for now: `rest`, the site asked for a pause (429, 503, Retry-After); `robots`, robots.txt could not be had and is asked for again; `retry`, pages that failed for a passing reason are tried again',
})

export const Crawl = z
  .object({
    id: Id,
    name: z.string().nullable(),
    monitorId: Id.optional().meta({ description: 'The monitor of the site, where the crawl is a look of it' }),
    url: z.string(),
    status: CrawlStatus,
    paused: z.boolean().meta({ description: 'Held by `POST …/pause`; the status stays `running`' }),
    counts: z.object({
      discovered: Count,
      fetched: Count,
      failed: Count,
      skipped: Count,
      duplicate: Count,
      queued: Count,
    }),
    bytes: Count,
    waiting: CrawlWaiting.nullable().meta({ description: 'Set while nothing is in flight and nothing may start' }),
    changes: Changes.optional().meta({ description: 'Against the crawl named by `since`' }),
    createdAt: Time,
    startedAt: Time.nullable(),
    finishedAt: Time.nullable(),
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
    options: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Crawl' })

/** To who has started it. */
export const NewCrawl = Crawl.extend({
  webhook: z
    .object({ secret: z.string() })
    .optional()
    .meta({ description: 'Of a `webhook` without a secret: what was made for it; shown this once' }),
}).meta({ id: 'NewCrawl' })
export type NewCrawl = z.infer<typeof NewCrawl>

const CRAWL_URL_STATES = ['queued', 'fetching', 'fetched', 'failed', 'skipped', 'duplicate'] as const

export const CrawlUrl = z
  .object({
    url: z.string(),
    state: z.enum(CRAWL_URL_STATES),
    reason: z.string().optional(),
    depth: z.number().int(),
    discoveredFrom: z.string().optional(),
    attempts: z.number().int(),
    status: z.number().int().optional(),
  })
  .meta({ id: 'CrawlUrl' })

export const CrawlOrigin = z
  .object({
    origin: z.string(),
    robots: z.object({
      state: z.enum(['unknown', 'rules', 'none', 'unreachable']).meta({
        description: '`none`: everything is allowed (4xx). `unreachable`: nothing is (5xx, no connection)',
      }),
      detail: z.string().optional(),
      fetchedAt: Time.optional(),
      crawlDelayMs: Count.optional().meta({ description: 'The delay that the site wishes, up to 30 s' }),
      wishedCrawlDelayMs: Count.optional().meta({ description: 'What it wished, where that is more' }),
      contentSignals: z.array(z.string()).optional().meta({ description: 'contentsignals.org, as written' }),
      sitemaps: z.array(z.string()),
    }),
    delayMs: Count.meta({ description: 'Least time between two starts now, all crawls together; 0: none' }),
    concurrency: Count.meta({ description: 'Fetches that may be in flight at once' }),
    restUntil: Time.optional().meta({ description: 'The site asked for rest (429, 503) until then' }),
    latencyMs: Count.optional(),
    queued: Count.meta({ description: 'URLs of the crawl that wait there' }),
  })
  .meta({ id: 'CrawlOrigin' })

export const UrlsQuery = ListQuery.extend({ state: z.enum(CRAWL_URL_STATES).optional() })

export const PagesQuery = ListQuery.extend({
  formats: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum([...PAGE_FORMATS, 'fields', 'screenshot'])))
    .optional()
    .meta({ description: 'Comma-separated; narrows what was recorded' }),
  change: Change.optional().meta({ description: 'Only pages that are this to the crawl named by `since`' }),
})

export const EventsQuery = z.strictObject({
  lastEventId: z.string().optional().meta({ description: 'As the header Last-Event-ID: only what is newer' }),
})

const EXPORT_FORMATS = ['jsonl', 'csv', 'markdown', 'warc'] as const

export const ExportQuery = z.strictObject({ format: z.enum(EXPORT_FORMATS) })

export type CreateCrawl = z.infer<typeof CreateCrawl>
/** What a crawl was started with; a batch names its pages. */
export type CrawlOptions = CreateCrawl & { urls?: string[]; sealed?: string }
export type Crawl = z.infer<typeof Crawl>
export type CrawlOrigin = z.infer<typeof CrawlOrigin>
export type CrawlUrl = z.infer<typeof CrawlUrl>
