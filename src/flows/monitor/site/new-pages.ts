import type { Fetched } from '../../../domain/monitor/reading/reading.ts'
import type { MonitorRules } from '../../../domain/monitor/rules.ts'
import type { NewPage } from '../../../domain/monitor/site/site-change.ts'
import { conditionsHold, hasConditions } from '../../../domain/monitor/verdict/conditions.ts'
import { listPages } from '../../../storage/postgres/pages.ts'
import type { PageRow } from '../../../storage/postgres/tables.ts'
import { knownUrls } from '../../crawl/known-urls.ts'
import type { Platform } from '../../platform.ts'
import { readSafely } from '../read-safely.ts'
import type { TwoCrawls } from './look-at-site.ts'
import { storedPages } from './stored-page.ts'

const AT_A_TIME = 50

interface Found {
  pages: NewPage[]
  /** New, but not as the conditions want them. */
  suppressed: number
  /** The former crawl had failed to get them, so nobody knows whether they are new. */
  unread: number
}

/** Pages that the former crawl did not have, as far as the rules' conditions want to hear of them. */
export async function newPages(platform: Platform, crawls: TwoCrawls, rules: MonitorRules): Promise<Found> {
  const found: Found = { pages: [], suppressed: 0, unread: 0 }
  const db = await platform.database()
  const domains = await platform.ledger(crawls.base.id).domains()
  for (let after = -1; ;) {
    const rows = await listPages(db, crawls.crawl.id, { after, limit: AT_A_TIME, change: 'new' })
    const last = rows.at(-1)
    if (!last) return found
    const known = await knownUrls(platform, crawls.base.id, domains, rows)
    const fresh = rows.filter(({ url }) => known.get(url)?.state !== 'failed' || isGone(known.get(url)?.status))
    const wanted = await wantedOf(platform, fresh, rules)
    found.unread += rows.length - fresh.length
    found.suppressed += fresh.length - wanted.length
    found.pages.push(
      ...wanted.map(({ url, document: { title, wordCount, contentHash } }) => ({
        url,
        title,
        words: wordCount,
        hash: contentHash,
      })),
    )
    after = last.position
  }
}

/** A page that was a dead link at the former crawl is new. */
function isGone(status: number | undefined): boolean {
  return status === 404 || status === 410
}

async function wantedOf(platform: Platform, rows: readonly PageRow[], rules: MonitorRules): Promise<PageRow[]> {
  const { trigger = {} } = rules
  if (!hasConditions(trigger)) return [...rows]
  const pages = await storedPages(platform.archive, rows)
  const holds = async (page: Fetched | undefined): Promise<boolean> => {
    const reading = page && (await readSafely(page, rules))
    return reading?.fetch === 'ok' && conditionsHold(trigger, reading)
  }
  const wanted: PageRow[] = []
  for (const row of rows) if (await holds(pages.get(row.urlKey))) wanted.push(row)
  return wanted
}
