import { type Gone, goneAs } from '../../../domain/crawl/change.ts'
import { sawWholeSite } from '../../../domain/crawl/whole-site.ts'
import type { MonitorRules } from '../../../domain/monitor/rules.ts'
import { type SiteLook, pageRules } from '../../../domain/monitor/site/decide-site.ts'
import type { SecondLook, Suspect } from '../../../domain/monitor/site/site-memory.ts'
import { listGonePages } from '../../../storage/postgres/gone-pages.ts'
import { findRecorded } from '../../../storage/postgres/pages.ts'
import type { CrawlRow } from '../../../storage/postgres/tables.ts'
import { contentKey } from '../../crawl/keys.ts'
import { knownUrls } from '../../crawl/known-urls.ts'
import type { Platform } from '../../platform.ts'
import { changedPages } from './changed-pages.ts'
import { newPages } from './new-pages.ts'

/** Gone pages that are remembered to be looked at again. */
const MOST_SUSPECTS = 2_000

/** A crawl of a site and the completed one before, both ended. */
export interface TwoCrawls {
  crawl: CrawlRow
  base: CrawlRow
}

/** What the later crawl has found against the earlier one, as the monitor's rules read pages. */
export async function lookAtSite(
  platform: Platform,
  crawls: TwoCrawls,
  { rules, suspects }: { rules: MonitorRules; suspects: readonly Suspect[] },
): Promise<SiteLook> {
  const { crawl, base } = crawls
  const changed = await changedPages(platform, crawls, pageRules(rules))
  const found = await newPages(platform, crawls, pageRules(rules))
  // A page that could not be had may hold the only link to another.
  const missed = crawl.changes?.unchecked ?? 0
  const missesNone = sawAll(crawl) && missed === 0 && changed.unread === 0
  return {
    pages: crawl.counts.fetched,
    new: sawAll(base) ? found.pages : [],
    changed: changed.told,
    gone: await gonePages(platform, crawl, missesNone),
    secondLooks: await secondLooks(platform, crawl, suspects, missesNone),
    suppressed: changed.suppressed + found.suppressed,
    missed,
    unread: changed.unread + found.unread,
    isWhole: sawAll(crawl) && sawAll(base),
  }
}

function sawAll({ options, status, counts, bytes, startedAt, finishedAt }: CrawlRow): boolean {
  const { limit, maxBytes, maxDurationSeconds } = options
  const elapsedMs = (finishedAt?.getTime() ?? 0) - (startedAt?.getTime() ?? 0)
  return sawWholeSite({ limit, maxBytes, maxDurationSeconds, status, counts, bytes, elapsedMs })
}

async function gonePages(platform: Platform, crawl: CrawlRow, missesNone: boolean): Promise<Suspect[]> {
  const rows = await listGonePages(await platform.database(), crawl.id, { after: -1, limit: MOST_SUSPECTS })
  return rows
    .filter(({ reason }) => missesNone || reason !== 'unlinked')
    .map(({ url, title, reason, status }) => ({ url, title, reason, ...(status !== null && { status }) }))
}

async function secondLooks(
  platform: Platform,
  crawl: CrawlRow,
  suspects: readonly Suspect[],
  missesNone: boolean,
): Promise<Map<string, SecondLook>> {
  if (suspects.length === 0) return new Map()
  const keys = suspects.map(({ url }) => contentKey(url))
  const recorded = new Set((await findRecorded(await platform.database(), crawl.id, keys)).map(({ url }) => url))
  const known = await knownUrls(platform, crawl.id, await platform.ledger(crawl.id).domains(), suspects)
  const lookOf = (url: string): SecondLook => {
    if (recorded.has(url)) return 'back'
    const gone: Gone | undefined = goneAs(known.get(url), missesNone)
    return gone ? 'gone' : 'unknown'
  }
  return new Map(suspects.map(({ url }) => [url, lookOf(url)]))
}
