import type { CrawlUrl } from '../../contracts/api/crawl.ts'
import type { ConsideredUrl } from '../../contracts/frontier.ts'
import type { UrlState } from '../../domain/crawl/url-state.ts'
import type { Platform } from '../platform.ts'
import { type FrontierPlace, acrossFrontiers } from './across-frontiers.ts'
import { crawlRow } from './manage-crawls.ts'

export interface UrlsPage {
  urls: CrawlUrl[]
  next: FrontierPlace | null
}

/** Every URL ever considered, frontier by frontier and in order of admission. */
export async function listUrls(
  platform: Platform,
  workspaceId: string,
  query: { crawlId: string; state?: UrlState; from: FrontierPlace; limit: number },
): Promise<UrlsPage> {
  const row = await crawlRow(platform, workspaceId, query.crawlId)
  const { state } = query
  const { items, next } = await acrossFrontiers(platform, row, query, (frontier, page) =>
    frontier.urls({ ...page, ...(state && { state }) }),
  )
  return { urls: items.map(shown), next }
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
