import type { Fetched } from '../../../domain/monitor/reading/reading.ts'
import type { MonitorRules } from '../../../domain/monitor/rules.ts'
import type { ChangedPage } from '../../../domain/monitor/site/site-change.ts'
import { decide } from '../../../domain/monitor/verdict/decide.ts'
import type { Change } from '../../../domain/monitor/verdict/decision.ts'
import { findRecorded, listPages } from '../../../storage/postgres/pages.ts'
import type { PageRow } from '../../../storage/postgres/tables.ts'
import type { Platform } from '../../platform.ts'
import { readSafely } from '../read-safely.ts'
import type { TwoCrawls } from './look-at-site.ts'
import { storedPages } from './stored-page.ts'

/** Both versions of so many pages are in memory at a time. */
const AT_A_TIME = 20
/** Some 20 s of reading and comparing; what lies beyond is not concluded about. */
const MOST_COMPARED = 2_000

interface Compared {
  told: ChangedPage[]
  /** Have changed, in ways that the rules don't tell. */
  suppressed: number
  /** Could not be read in one of the two versions. */
  unread: number
}

/** Pages whose bytes differ between two crawls, compared as the rules read them: both versions by the same rules. */
export async function changedPages(platform: Platform, crawls: TwoCrawls, rules: MonitorRules): Promise<Compared> {
  const compared: Compared = { told: [], suppressed: 0, unread: 0 }
  const db = await platform.database()
  for (let after = -1, seen = 0; ;) {
    const rows = await listPages(db, crawls.crawl.id, { after, limit: AT_A_TIME, change: 'changed' })
    const last = rows.at(-1)
    if (!last) return compared
    seen += rows.length
    if (seen > MOST_COMPARED) compared.unread += rows.length
    else await compareRows(platform, { rows, baseId: crawls.base.id, rules }, compared)
    after = last.position
  }
}

async function compareRows(
  platform: Platform,
  { rows, baseId, rules }: { rows: PageRow[]; baseId: string; rules: MonitorRules },
  compared: Compared,
): Promise<void> {
  const former = await findRecorded(
    await platform.database(),
    baseId,
    rows.map(({ urlKey }) => urlKey),
  )
  const before = await storedPages(platform.archive, former)
  const now = await storedPages(platform.archive, rows)
  for (const { urlKey, url, document } of rows) {
    const outcome = await compare(before.get(urlKey), now.get(urlKey), rules)
    if (typeof outcome === 'object')
      compared.told.push({ url, title: document.title, hash: document.contentHash, change: outcome })
    else if (outcome !== 'same') compared[outcome] += 1
  }
}

async function compare(
  before: Fetched | undefined,
  now: Fetched | undefined,
  rules: MonitorRules,
): Promise<Change | 'same' | 'suppressed' | 'unread'> {
  if (!before || !now) return 'unread'
  const first = decide({ rules, memory: null, reading: await readSafely(before, rules), at: 0 })
  const { verdict, change } = decide({ rules, memory: first.memory, reading: await readSafely(now, rules), at: 1 })
  if (first.verdict !== 'baseline' || verdict === 'failed') return 'unread'
  if (verdict === 'changed' && change) return change
  return verdict === 'suppressed' ? 'suppressed' : 'same'
}
