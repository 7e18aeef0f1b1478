import { v7 as uuidv7 } from 'uuid'
import type { Crawl, CrawlOptions, CrawlWebhook, CreateCrawl } from '../../contracts/api/crawl.ts'
import type { Fault } from '../../contracts/faults/fault.ts'
import type { Candidate } from '../../contracts/frontier.ts'
import type { CrawlBrief, LoginPlace } from '../../domain/crawl/crawl-brief.ts'
import { type FormAuth, withoutSecrets } from '../../domain/fetch/credentials.ts'
import { registrableDomain } from '../../domain/url/registrable-domain.ts'
import { validatePattern } from '../../domain/url/scope.ts'
import { insertChannel } from '../../storage/postgres/channels.ts'
import { type NewCrawl, findCrawl, insertCrawl, markRunning } from '../../storage/postgres/crawls.ts'
import { inTransaction } from '../../storage/postgres/database.ts'
import { announce } from '../../storage/postgres/outbox.ts'
import type { CrawlRow } from '../../storage/postgres/tables.ts'
import { refuseUnreachable } from '../delivery/refuse-unreachable.ts'
import { sendSoon } from '../delivery/send-soon.ts'
import type { Platform } from '../platform.ts'
import { refuseFaults } from '../problem.ts'
import { refuseUnrenderable } from '../render/refuse-unrenderable.ts'
import { sealCredentials } from '../secrets/crawl-credentials.ts'
import { refuseBadBase } from './base-crawl.ts'
import { changesSoFar } from './compare-crawl.ts'
import { acceptableUrl } from '../acceptable-url.ts'
import { refuseUnusable } from '../refuse-unusable.ts'
import { refuseMaxAge } from '../scrape/refuse-max-age.ts'
import { crawlNews } from './crawl-news.ts'
import { crawlView } from './crawl-view.ts'
import { channelOfCrawl } from './crawl-webhook.ts'
import { pageWishes } from './page-wishes.ts'

/** Accepts a crawl: a row, a ledger, the seeds. */
export async function startCrawl(platform: Platform, workspaceId: string, request: CreateCrawl): Promise<Crawl> {
  refuseFaults(patternFaults(request))
  refuseUnusable(request.scrapeOptions, 'scrapeOptions.')
  refuseMaxAge(request.scrapeOptions, 'scrapeOptions.')
  refuseUnrenderable(platform, request.scrapeOptions, 'scrapeOptions.')
  const url = await acceptableUrl(platform, request.url, request)
  if (request.webhook) await refuseUnreachable(platform, request.webhook.url)
  await refuseBadBase(platform, workspaceId, request, registrableDomain(url))
  return openCrawl(platform, workspaceId, url, request)
}

/** A crawl that is a monitor's look at a site; of those nothing is announced. */
export interface SiteLookCrawl {
  id: string
  monitorId: string
}

/** From its row on nothing can stop a crawl but its end. `url` is canonical. */
export async function openCrawl(
  platform: Platform,
  workspaceId: string,
  url: string,
  options: CrawlOptions,
  look?: SiteLookCrawl,
): Promise<Crawl> {
  const db = await platform.database()
  const now = platform.now()
  const id = look?.id ?? uuidv7({ msecs: now.getTime() })
  const sealed = await sealCredentials(platform, id, options.scrapeOptions)
  const { webhook, ...kept } = options
  const crawl: NewCrawl = {
    id,
    workspaceId,
    monitorId: look?.monitorId ?? null,
    url,
    homeDomain: registrableDomain(url),
    options: {
      ...kept,
      ...(webhook && { webhook: { url: webhook.url, events: webhook.events } }),
      scrapeOptions: withoutSecrets(options.scrapeOptions),
      ...(sealed !== undefined && { sealed }),
    },
    createdAt: now,
  }
  const row = await insertAnnounced(platform, crawl, webhook)
  await seedCrawl(platform, row)
  const progress = await platform.ledger(row.id).progress()
  return crawlView((await findCrawl(db, workspaceId, row.id)) ?? row, progress, await changesSoFar(platform, row))
}

/** A crawl, its webhook and the news that it has started, or none of it. */
async function insertAnnounced(
  platform: Platform,
  crawl: NewCrawl,
  webhook: CrawlWebhook | undefined,
): Promise<CrawlRow> {
  const channel = webhook && (await channelOfCrawl(platform, crawl, webhook))
  const { row, announced } = await inTransaction(await platform.database(), async (tx) => {
    const inserted = await insertCrawl(tx, crawl)
    if (channel) await insertChannel(tx, channel)
    const isToTell = inserted.monitorId === null
    return { row: inserted, announced: isToTell ? await announce(tx, crawlNews('crawl.started', inserted)) : [] }
  })
  await sendSoon(platform, announced)
  return row
}

/** Opens the ledger and admits the seeds. Doing it again changes nothing, so a start that was cut short is simply repeated. */
export async function seedCrawl(platform: Platform, row: CrawlRow): Promise<void> {
  const brief = briefOf(row)
  const ledger = platform.ledger(row.id)
  await ledger.open(brief)
  const seeds = row.options.urls ? pages(row.options.urls) : seedsOf(brief, row.url)
  for (const [domain, candidates] of Map.groupBy(seeds, (seed) => registrableDomain(seed.url)))
    await platform.frontier(domain).admit({ brief, candidates })
  await ledger.seeded()
  await markRunning(await platform.database(), row.id)
}

function pages(urls: readonly string[]): Candidate[] {
  return urls.map((url) => ({ url, depth: 0, kind: 'page' }))
}

function seedsOf(brief: CrawlBrief, url: string): Candidate[] {
  if (brief.sitemap !== 'only') return pages([url])
  return [{ url: new URL('/sitemap.xml', url).href, depth: 0, kind: 'sitemap' }]
}

export function patternFaults(patterns: Pick<CreateCrawl, 'includePaths' | 'excludePaths'>): Fault[] {
  return (['includePaths', 'excludePaths'] as const).flatMap((field) =>
    patterns[field].flatMap((pattern, index) => {
      const verdict = validatePattern(pattern)
      return verdict.ok ? [] : [{ path: `${field}.${index}`, message: verdict.detail }]
    }),
  )
}

function loginPlace({ url, successSelector }: FormAuth): LoginPlace {
  return { url, ...(successSelector !== undefined && { successSelector }) }
}

function briefOf(row: CrawlRow): CrawlBrief {
  const { options, url } = row
  const { pathname } = new URL(url)
  const hosts = [...new Set((options.urls ?? [url]).map((each) => new URL(each).host))]
  const { scrapeOptions: page } = options
  return {
    crawlId: row.id,
    workspaceId: row.workspaceId,
    homeDomain: row.homeDomain,
    scope: {
      hosts,
      startPath: pathname,
      entireDomain: options.entireDomain,
      allowSubdomains: options.allowSubdomains,
      allowExternalLinks: options.allowExternalLinks,
      includePaths: options.includePaths,
      excludePaths: options.excludePaths,
      maxDepth: options.maxDepth ?? null,
    },
    limit: options.limit,
    ...(options.maxBytes !== undefined && { maxBytes: options.maxBytes }),
    ...(options.maxDurationSeconds !== undefined && { maxDurationMs: options.maxDurationSeconds * 1_000 }),
    robots: options.robots,
    sitemap: options.sitemap,
    followLinks: options.sitemap !== 'only' && options.urls === undefined,
    ignoreQueryParameters: options.ignoreQueryParameters,
    // Rows of earlier versions have none of these options.
    ...(options.noindex === 'skip' && { noindex: 'skip' }),
    ...(options.nearDuplicates === 'skip' && { nearDuplicates: 'skip' }),
    ...(options.iframes === 'follow' && { iframes: 'follow' }),
    delayMs: options.delayMs ?? null,
    maxConcurrency: options.maxConcurrency,
    page: pageWishes(page),
    credentialHosts: hosts,
    ...(options.sealed !== undefined && { sealed: options.sealed }),
    ...(page.auth?.type === 'form' && { login: loginPlace(page.auth) }),
    ...(options.since !== undefined && { since: options.since }),
  }
}
