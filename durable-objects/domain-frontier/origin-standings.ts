import type { OriginStanding } from '../../src/contracts/frontier.ts'
import { type Standing, standing } from '../../src/domain/robots/robots.ts'
import type { FrontierCrawl } from './crawls.ts'
import { originGapMs } from './dispatch.ts'
import type { FrontierStore } from './frontier-store.ts'
import type { Lane } from './lanes.ts'
import type { Origin } from './origins.ts'

/** What a crawl's user may know of its origins: what their robots.txt says, and the pace that is kept there. */
export function originStandings(
  store: FrontierStore,
  productToken: string,
  crawl: FrontierCrawl,
  query: { after: number; limit: number },
): OriginStanding[] {
  return store.lanes.ofCrawl(crawl.id, query).map((lane) => {
    const origin = store.origins.get(lane.origin)
    const said =
      origin.robots?.kind === 'rules' ? standing(origin.robots.robots, productToken, `${origin.origin}/`) : undefined
    return {
      ...standingOf(origin, lane),
      ...wishesOf(said),
      delayMs: originGapMs(store, productToken, origin, crawl.brief.delayMs),
    }
  })
}

function standingOf(origin: Origin, lane: Lane): Omit<OriginStanding, 'delayMs'> {
  const { robots, pace } = origin
  return {
    id: origin.id,
    origin: origin.origin,
    robots: stateOf(origin),
    ...(robots?.kind === 'unreachable' && { robotsDetail: robots.detail }),
    ...(robots && { robotsFetchedAt: origin.robotsFetchedAt }),
    sitemaps: robots?.kind === 'rules' ? robots.robots.sitemaps : [],
    concurrency: pace.concurrency,
    ...(pace.backoffUntil > 0 && { restUntil: pace.backoffUntil }),
    ...(pace.latencyMs > 0 && { latencyMs: Math.round(pace.latencyMs) }),
    queued: lane.queued,
  }
}

function stateOf({ robots }: Origin): OriginStanding['robots'] {
  if (!robots) return 'unknown'
  if (robots.kind === 'unreachable' || robots.robots.kind === 'disallow_all') return 'unreachable'
  return robots.robots.kind === 'allow_all' ? 'none' : 'rules'
}

function wishesOf(
  said: Standing | undefined,
): Pick<OriginStanding, 'crawlDelayMs' | 'wishedCrawlDelayMs' | 'contentSignals'> {
  if (!said) return {}
  const { crawlDelayMs, wishedCrawlDelayMs, contentSignals } = said
  return {
    ...(crawlDelayMs !== undefined && { crawlDelayMs }),
    ...(wishedCrawlDelayMs !== undefined && { wishedCrawlDelayMs }),
    ...(contentSignals && { contentSignals }),
  }
}
