import { v7 as uuidv7 } from 'uuid'
import { commitCheck } from '../../../storage/postgres/checks.ts'
import { findAnyCrawl } from '../../../storage/postgres/crawls.ts'
import { type MonitorClaim, postponeCheck } from '../../../storage/postgres/monitor-claims.ts'
import type { ChangeRow, MonitorRow } from '../../../storage/postgres/monitor-tables.ts'
import type { CrawlRow } from '../../../storage/postgres/tables.ts'
import { settledRow } from '../../crawl/finish-crawl.ts'
import { sendSoon } from '../../delivery/send-soon.ts'
import type { Platform } from '../../platform.ts'
import { announcementsOf } from '../announcements.ts'
import { standing } from '../check-record.ts'
import { wakeSoon } from '../claim.ts'
import { whenNext } from '../when-next.ts'
import { dropUnusedLooks } from './drop-looks.ts'
import { type SiteFinding, judgeLook } from './judge-look.ts'
import { WAITS_FOR_CRAWL, lookAgainAt, startLook } from './start-look.ts'

/**
 * A claimed check of a site: opens its crawl, waits for its end, or tells what it has found. Each of these is done under a
 * claim of its own, so nothing is held while the crawl runs, and whoever is killed is followed by another.
 */
export async function checkSite(platform: Platform, claim: MonitorClaim, monitor: MonitorRow): Promise<void> {
  const crawl = await crawlUnderWay(platform, monitor)
  if (!crawl) return startLook(platform, claim, monitor)
  if (crawl.finishedAt === null)
    return postponeCheck(await platform.database(), claim, { at: lookAgainAt(platform), why: WAITS_FOR_CRAWL })
  return keep(platform, claim, await judgeLook(platform, monitor, crawl))
}

/** The crawl that the check waits for, if it is there: it may have been deleted, or never been opened. */
async function crawlUnderWay(platform: Platform, { crawlId }: MonitorRow): Promise<CrawlRow | undefined> {
  const row = crawlId === null ? undefined : await findAnyCrawl(await platform.database(), crawlId)
  return row && settledRow(platform, row)
}

async function keep(platform: Platform, claim: MonitorClaim, finding: SiteFinding): Promise<void> {
  const { monitor, crawl, decision, memory, movesBase, now } = finding
  const { workspaceId, lateMs } = monitor
  const change = changeOf(finding)
  const next = whenNext(monitor, {
    isSeen: decision.verdict !== 'failed',
    decision,
    now,
    clockSpeed: platform.clockSpeed,
    price: finding.price,
  })
  const deliveries = await commitCheck(await platform.database(), claim, {
    check: {
      id: crawl.id,
      monitorId: monitor.id,
      workspaceId,
      at: now,
      verdict: decision.verdict,
      reason: decision.reason,
      reasons: decision.reasons,
      status: null,
      durationMs: now.getTime() - crawl.createdAt.getTime(),
      lateMs,
      snapshotId: null,
    },
    ...(change && { change }),
    monitor: {
      ...standing(monitor, decision, now),
      siteMemory: memory,
      crawlId: null,
      ...(movesBase && { baseCrawlId: crawl.id }),
      ...next,
    },
    announcements: announcementsOf({ monitor, decision, change, at: now, to: finding.to }),
  })
  if (!deliveries) return
  await sendSoon(platform, deliveries)
  await wakeSoon(platform, monitor.id, next.nextCheckAt ?? null)
  await dropUnusedLooks(platform, monitor.id)
}

function changeOf({ monitor, crawl, change, now }: SiteFinding): ChangeRow | undefined {
  if (!change) return undefined
  return {
    id: uuidv7({ msecs: now.getTime() }),
    monitorId: monitor.id,
    workspaceId: monitor.workspaceId,
    checkId: crawl.id,
    at: now,
    summary: change.summary,
    diff: change,
    fromSnapshot: null,
    toSnapshot: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  }
}
