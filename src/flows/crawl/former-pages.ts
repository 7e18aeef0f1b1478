import type { LeasedUrl } from '../../contracts/frontier.ts'
import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import { type PlacedRange, readRanges } from '../../storage/archive/segment-reader.ts'
import { findRecorded } from '../../storage/postgres/pages.ts'
import type { PageRow } from '../../storage/postgres/tables.ts'
import type { Platform } from '../platform.ts'
import { contentKey } from './keys.ts'

/** A page as the former crawl recorded it. */
export interface FormerPage {
  row: PageRow
  /** Its response record, one gzip member. Without it the page is fetched whole, and still compared. */
  member?: Uint8Array
}

/** By URL. */
export type FormerPages = ReadonlyMap<string, FormerPage>

/** Most compressed bytes of former pages that a lease holds; the pages beyond are fetched whole. */
const MOST_MEMBER_BYTES = 8_000_000

/**
 * What the crawl named by `since` knows of a lease's URLs, with the bytes that a 304 will stand for: one query and a few
 * reads. The bytes are had before they are needed, so whoever deletes that crawl meanwhile takes nothing from this one.
 */
export async function formerPages(
  platform: Platform,
  brief: CrawlBrief,
  urls: readonly LeasedUrl[],
): Promise<FormerPages> {
  const keys = urls.filter((url) => url.kind === 'page').map((url) => contentKey(url.url))
  if (brief.since === undefined || keys.length === 0) return new Map()
  const rows = await findRecorded(await platform.database(), brief.since, keys)
  const members = await membersOf(platform, rows)
  return new Map(
    rows.map((row) => {
      const member = members.get(row)
      return [row.url, { row, ...(member && { member }) }]
    }),
  )
}

async function membersOf(platform: Platform, rows: readonly PageRow[]): Promise<Map<PageRow, Uint8Array>> {
  let bytes = 0
  const held = rows.filter((row) => (bytes += row.responseLength) <= MOST_MEMBER_BYTES)
  try {
    const members = await readRanges(platform.archive, held.map(formerRange))
    return new Map(held.flatMap((row, index) => (members[index] ? [[row, members[index]] as const] : [])))
  } catch {
    // The former crawl is being deleted, or the archive can't be read just now: every page is fetched whole.
    return new Map()
  }
}

/** The response alone: revisits of it are left to the crawls that made them, or each would add one for ever. */
function formerRange(row: PageRow): PlacedRange {
  return { segment: row.segment, offset: row.responseOffset, length: row.responseLength - row.revisitLength }
}
