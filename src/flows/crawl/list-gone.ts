import type { GonePage } from '../../contracts/api/change.ts'
import { listGonePages } from '../../storage/postgres/gone-pages.ts'
import type { CrawlRow } from '../../storage/postgres/tables.ts'
import type { Platform } from '../platform.ts'
import { settledRow } from './finish-crawl.ts'

/** Pages of the base that an ended crawl found gone, in the base's order; none while it runs. */
export async function listGone(
  platform: Platform,
  crawl: CrawlRow,
  query: { after: number; limit: number },
): Promise<{ pages: GonePage[]; next: number | null }> {
  await settledRow(platform, crawl)
  const rows = await listGonePages(await platform.database(), crawl.id, { ...query, limit: query.limit + 1 })
  const page = rows.slice(0, query.limit)
  const pages = page.map(({ url, title, lastSeenAt, reason, status }) => ({
    url,
    title,
    lastSeenAt: lastSeenAt.toISOString(),
    reason,
    ...(status !== null && { status }),
  }))
  return { pages, next: rows.length > query.limit ? (page.at(-1)?.position ?? null) : null }
}
