import type { CrawlUrl } from '../../contracts/api/crawl.ts'
import type { ConsideredUrl } from '../../contracts/frontier.ts'
import type { UrlState } from '../../domain/crawl/url-state.ts'
import type { Platform } from '../platform.ts'
import { crawlRow } from './manage-crawls.ts'

/** A place in the list: the frontier, by its rank in the crawl, and the last URL seen there. */
export interface UrlsPlace {
  frontier: number
  after: number
}

export interface UrlsPage {
  urls: CrawlUrl[]
  next: UrlsPlace | null
}

/**
 * Every URL ever considered, frontier by frontier and in order of admission, which never changes: following the places to
 * the end yields each URL exactly once, also while the crawl runs.
 */
export async function listUrls(
  platform: Platform,
  workspaceId: string,
  query: { crawlId: string; state?: UrlState; from: UrlsPlace; limit: number },
): Promise<UrlsPage> {
  const row = await crawlRow(platform, workspaceId, query.crawlId)
  const reported = await platform.ledger(row.id).domains()
  const domains = reported.length > 0 ? reported : [row.homeDomain]
  const urls: CrawlUrl[] = []
  let { frontier, after } = query.from
  for (; frontier < domains.length; frontier++, after = 0) {
    const wanted = query.limit - urls.length
    const { crawlId, state } = query
    const found = await platform
      .frontier(domains[frontier] ?? '')
      .urls({ crawlId, ...(state && { state }), after, limit: wanted + 1 })
    urls.push(...found.slice(0, wanted).map(shown))
    if (found.length > wanted) return { urls, next: { frontier, after: found[wanted - 1]?.id ?? after } }
  }
  return { urls, next: null }
}

/** Ids are the frontier's own affair. */
function shown(considered: ConsideredUrl): CrawlUrl {
  const { url, state, reason, depth, discoveredFrom, attempts, status } = considered
  return {
    url,
    state,
    ...(reason !== undefined && { reason }),
    depth,
    ...(discoveredFrom !== undefined && { discoveredFrom }),
    attempts,
    ...(status !== undefined && { status }),
  }
}
