import type { CreateBatch } from '../../contracts/api/batch.ts'
import { type Crawl, CreateCrawl } from '../../contracts/api/crawl.ts'
import type { Platform } from '../platform.ts'
import { invalid, refuseFaults } from '../problem.ts'
import { refuseUnrenderable } from '../render/refuse-unrenderable.ts'
import { refuseUnreachable } from '../delivery/refuse-unreachable.ts'
import { fetchableUrl } from '../acceptable-url.ts'
import { refuseUnusable } from '../refuse-unusable.ts'
import { refuseMaxAge } from '../scrape/refuse-max-age.ts'
import { openCrawl } from './start-crawl.ts'

/**
 * Fetches the given pages and no other: a crawl without discovery, whose every URL keeps its own outcome. An address
 * that may not be reached is one of those outcomes, so that one bad line does not cost the other 999.
 */
export async function startBatch(platform: Platform, workspaceId: string, request: CreateBatch): Promise<Crawl> {
  const { urls: given, webhook, ...scrapeOptions } = request
  refuseUnusable(scrapeOptions)
  refuseMaxAge(scrapeOptions)
  refuseUnrenderable(platform, scrapeOptions)
  const urls = canonicalUrls(given)
  const [first] = urls
  if (first === undefined) throw invalid([{ path: 'urls', message: 'must have at least one entry' }])
  const options = CreateCrawl.parse({
    url: first,
    limit: urls.length,
    sitemap: 'skip',
    allowExternalLinks: true,
    scrapeOptions,
    ...(webhook && { webhook }),
  })
  if (webhook) await refuseUnreachable(platform, webhook.url)
  return openCrawl(platform, workspaceId, first, { ...options, urls })
}

function canonicalUrls(given: readonly string[]): string[] {
  const verdicts = given.map((url) => fetchableUrl(url))
  refuseFaults(
    verdicts.flatMap((verdict, index) => (verdict.ok ? [] : [{ path: `urls.${index}`, message: verdict.message }])),
  )
  return [...new Set(verdicts.flatMap((verdict) => (verdict.ok ? [verdict.url] : [])))]
}
