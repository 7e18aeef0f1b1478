import type { CrawlOrigin } from '../../contracts/api/crawl.ts'
import type { OriginStanding } from '../../contracts/frontier.ts'
import type { Platform } from '../platform.ts'
import { type FrontierPlace, acrossFrontiers } from './across-frontiers.ts'
import { crawlRow } from './manage-crawls.ts'

/** The origins that a crawl has met, with the manners that hold there. */
export async function listOrigins(
  platform: Platform,
  workspaceId: string,
  query: { crawlId: string; from: FrontierPlace; limit: number },
): Promise<{ origins: CrawlOrigin[]; next: FrontierPlace | null }> {
  const row = await crawlRow(platform, workspaceId, query.crawlId)
  const { items, next } = await acrossFrontiers(platform, row, query, (frontier, page) => frontier.origins(page))
  return { origins: items.map((each) => shown(each, platform.now())), next }
}

function shown(standing: OriginStanding, now: Date): CrawlOrigin {
  const { origin, delayMs, concurrency, latencyMs, queued, restUntil } = standing
  return {
    origin,
    robots: robotsOf(standing),
    delayMs,
    concurrency,
    ...(restUntil !== undefined && restUntil > now.getTime() && { restUntil: new Date(restUntil).toISOString() }),
    ...(latencyMs !== undefined && { latencyMs }),
    queued,
  }
}

function robotsOf(standing: OriginStanding): CrawlOrigin['robots'] {
  const { robots: state, robotsDetail: detail, robotsFetchedAt, sitemaps } = standing
  const { crawlDelayMs, wishedCrawlDelayMs, contentSignals } = standing
  return {
    state,
    ...(detail !== undefined && { detail }),
    ...(robotsFetchedAt !== undefined && { fetchedAt: new Date(robotsFetchedAt).toISOString() }),
    ...(crawlDelayMs !== undefined && { crawlDelayMs }),
    ...(wishedCrawlDelayMs !== undefined && { wishedCrawlDelayMs }),
    ...(contentSignals && { contentSignals }),
    sitemaps,
  }
}
