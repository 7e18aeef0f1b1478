import type { CreateBatch } from '../../contracts/api/batch.ts'
import { type Crawl, CreateCrawl } from '../../contracts/api/crawl.ts'
import { canonicalUrl } from '../../domain/url/canonical-url.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { refuseUnrenderable } from '../render/refuse-unrenderable.ts'
import { refuseUnreachable } from '../delivery/refuse-unreachable.ts'
import { refuseBadFormats } from '../formats.ts'
import { refuseBadSelectors } from '../refuse-bad-selectors.ts'
import { refuseMaxAge } from '../scrape/refuse-max-age.ts'
import { openCrawl } from './start-crawl.ts'

/**
 * Fetches the given pages and no other: a crawl without discovery, whose every URL keeps its own outcome. An address
 * that may not be reached is one of those outcomes, so that one bad line does not cost the other 999.
 */
export async function startBatch(platform: Platform, workspaceId: string, request: CreateBatch): Promise<Crawl> {
  const { urls: given, webhook, ...scrapeOptions } = request
  refuseBadFormats(scrapeOptions.formats, 'formats')
  refuseBadSelectors(scrapeOptions)
  refuseMaxAge(scrapeOptions)
  refuseUnrenderable(platform, scrapeOptions)
  const urls = canonicalUrls(given)
  const [first] = urls
  if (first === undefined) throw new Refusal(400, 'validation_failed', 'A batch needs a URL.')
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
  const verdicts = given.map((url) => canonicalUrl(url))
  const errors = verdicts.flatMap((verdict, index) =>
    verdict.ok ? [] : [{ path: `urls.${index}`, message: verdict.reason }],
  )
  if (errors.length > 0) throw new Refusal(400, 'validation_failed', 'A URL can not be fetched.', { errors })
  return [...new Set(verdicts.flatMap((verdict) => (verdict.ok ? [verdict.url] : [])))]
}
