import { counted } from '../../../domain/counted.ts'
import { failed } from '../../../domain/monitor/reading/reading.ts'
import type { MonitorRules } from '../../../domain/monitor/rules.ts'
import { type SiteDecision, decideSite } from '../../../domain/monitor/site/decide-site.ts'
import { FIRST_SITE_MEMORY, type SiteMemory } from '../../../domain/monitor/site/site-memory.ts'
import type { Decision } from '../../../domain/monitor/verdict/decision.ts'
import { onFailure, onSuccess } from '../../../domain/monitor/verdict/failures.ts'
import { FIRST_MEMORY, type Memory } from '../../../domain/monitor/verdict/memory.ts'
import { findAnyCrawl } from '../../../storage/postgres/crawls.ts'
import type { MonitorRow } from '../../../storage/postgres/monitor-tables.ts'
import type { CrawlRow } from '../../../storage/postgres/tables.ts'
import type { Platform } from '../../platform.ts'
import type { Audience } from '../announcements.ts'
import { settingsInForce } from '../settings-in-force.ts'
import { lookAtSite } from './look-at-site.ts'

/** How soon pages that seem to be gone are looked at again, where `confirm` does not say. */
const SECOND_LOOK_MS = 10 * 60_000

/** All that a look at a site has found out. */
export interface SiteFinding {
  monitor: MonitorRow
  crawl: CrawlRow
  decision: Decision
  to: Audience
  /** Of a check, where the workspace has a budget of them. */
  price: number | null
  change: SiteDecision['change']
  memory: SiteMemory
  /** Whether the next look is compared with this one. */
  movesBase: boolean
  now: Date
}

/** What a crawl that has ended says of the site. */
export async function judgeLook(platform: Platform, monitor: MonitorRow, crawl: CrawlRow): Promise<SiteFinding> {
  const { rules, price, ...to } = await settingsInForce(platform, monitor)
  const memory: Memory = monitor.memory ?? { ...FIRST_MEMORY, rules: '' }
  const siteMemory = monitor.siteMemory ?? FIRST_SITE_MEMORY
  const now = platform.now()
  const found = { monitor, crawl, to, price, now }
  const reading = failureOf(crawl)
  if (reading) {
    const decision = onFailure(memory, rules, reading, now.getTime())
    return { ...found, decision, change: undefined, memory: siteMemory, movesBase: false }
  }
  const base = await baseOf(platform, monitor, crawl)
  if (!base) {
    const decision = onSuccess(baseline(memory, crawl))
    return { ...found, decision, change: undefined, memory: FIRST_SITE_MEMORY, movesBase: true }
  }
  const look = await lookAtSite(platform, { crawl, base }, { rules, suspects: siteMemory.suspects })
  const site = decideSite(look, siteMemory, rules.trigger)
  const recheckAfterMs = site.awaitsSecondLook ? secondLookAfter(rules, platform) : undefined
  const decision = onSuccess(decisionOf(site, memory, recheckAfterMs))
  return { ...found, decision, change: site.change, memory: site.memory, movesBase: site.movesBase }
}

/** A crawl that did not get to its own end says nothing of the site's pages. */
function failureOf({ status, error }: CrawlRow) {
  if (status === 'completed') return undefined
  const { code, detail } = error ?? { code: 'crawl_cancelled', detail: 'The crawl of the site was cancelled.' }
  return failed('error', code, detail)
}

/** The crawl that this one was compared with, if it still is there. */
async function baseOf(platform: Platform, { baseCrawlId }: MonitorRow, crawl: CrawlRow) {
  if (baseCrawlId === null || crawl.options.since !== baseCrawlId) return undefined
  return findAnyCrawl(await platform.database(), baseCrawlId)
}

function baseline(memory: Memory, { counts }: CrawlRow): Decision {
  const detail = `The first crawl of the site, ${counted(counts.fetched ?? 0, 'page')}: later ones are compared with it.`
  const reasons = [{ code: 'baseline', detail }]
  return { verdict: 'baseline', reason: 'baseline', reasons, memory, alerts: [], suggestedMasks: [] }
}

function decisionOf({ verdict, reasons, change }: SiteDecision, memory: Memory, recheckAfterMs?: number): Decision {
  return {
    verdict,
    reason: reasons[0]?.code ?? verdict,
    reasons,
    memory,
    alerts: verdict === 'changed' ? ['changed'] : [],
    suggestedMasks: [],
    ...(change && { change }),
    ...(recheckAfterMs !== undefined && { recheckAfterMs }),
  }
}

function secondLookAfter({ confirm }: MonitorRules, { clockSpeed }: Platform): number {
  return confirm?.afterMs ?? SECOND_LOOK_MS / clockSpeed
}
