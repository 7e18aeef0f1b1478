import { CreateCrawl } from '../../../contracts/api/crawl.ts'
import { ScrapeOptions } from '../../../contracts/api/scrape.ts'
import { findCrawl } from '../../../storage/postgres/crawls.ts'
import type { MonitorClaim } from '../../../storage/postgres/monitor-claims.ts'
import type { MonitorRow } from '../../../storage/postgres/monitor-tables.ts'
import { awaitCrawl } from '../../../storage/postgres/site-looks.ts'
import { openCrawl } from '../../crawl/start-crawl.ts'
import type { Platform } from '../../platform.ts'
import { withSecrets } from '../../secrets/monitor-credentials.ts'

/** The end of a crawl wakes its monitor; should that get lost, this finds it. */
const LOOK_AGAIN_MS = 60_000
const MOST_NAME = 200

export const WAITS_FOR_CRAWL = 'waiting for the crawl of the site'

export function lookAgainAt({ now, clockSpeed }: Platform): Date {
  return new Date(now().getTime() + LOOK_AGAIN_MS / clockSpeed)
}

/** Opens the crawl that a claimed check is about. It has the check's id, and is compared with the last one that was completed. */
export async function startLook(platform: Platform, claim: MonitorClaim, monitor: MonitorRow): Promise<void> {
  const { begunAt, nextCheckAt, workspaceId } = monitor
  const lateMs = begunAt && nextCheckAt ? Math.max(0, begunAt.getTime() - nextCheckAt.getTime()) : 0
  const wait = { crawlId: claim.claimId, until: lookAgainAt(platform), lateMs, why: WAITS_FOR_CRAWL }
  const options = await crawlOptions(platform, monitor)
  if (!(await awaitCrawl(await platform.database(), claim, wait))) return
  await openCrawl(platform, workspaceId, monitor.url, options, { id: claim.claimId, monitorId: monitor.id })
}

async function crawlOptions(platform: Platform, monitor: MonitorRow): Promise<CreateCrawl> {
  const { site, render, scrapeOptions = ScrapeOptions.parse({}) } = monitor.options
  const { baseCrawlId, workspaceId } = monitor
  // Whoever has deleted it has taken away what could be compared with.
  const base = baseCrawlId === null ? undefined : await findCrawl(await platform.database(), workspaceId, baseCrawlId)
  return CreateCrawl.parse({
    ...site,
    url: monitor.url,
    name: `Monitor: ${monitor.name}`.slice(0, MOST_NAME),
    scrapeOptions: { ...(await withSecrets(platform, monitor, scrapeOptions)), render },
    ...(base && { since: base.id }),
  })
}
