import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import { validatorsOf } from '../../domain/fetch/conditional.ts'
import type { Outcome } from '../../domain/frontier/outcome.ts'
import { simhash } from '../../domain/page/simhash.ts'
import { type ArchivedPage, writeSegment } from '../../storage/archive/segment-writer.ts'
import { putSegment, segmentKey } from '../../storage/archive/segments.ts'
import { type PageToRecord, findRecorded, recordPages } from '../../storage/postgres/pages.ts'
import type { StoredDocument } from '../../storage/postgres/tables.ts'
import { described, formatsOf } from '../page-document.ts'
import { sendSoon } from '../delivery/send-soon.ts'
import type { Platform } from '../platform.ts'
import { contentHash, contentKey } from './keys.ts'
import type { FetchedPage } from './visit-page.ts'

/** Equal bodies shorter than this mean nothing: an empty or nearly empty page is like any other such page. */
const MIN_TELLING_BODY = 64

/** The pages' outcomes by URL id. Pages that could not be recorded any more are missing. */
export type RecordedOutcomes = Map<number, Outcome>

/**
 * Stores fetched pages: their bytes as one segment, then their rows in one statement. Nothing is recorded after
 * `notAfter`: by then the lease may be somebody else's.
 */
export async function recordBatch(
  platform: Platform,
  brief: CrawlBrief,
  pages: readonly FetchedPage[],
  notAfter: Date,
): Promise<RecordedOutcomes> {
  if (pages.length === 0) return new Map()
  const segment = segmentKey(brief.crawlId)
  const { bytes, places } = writeSegment(pages.map((page) => archived(brief, page)))
  await putSegment(platform.archive, segment, bytes)
  const rows = pages.flatMap((page, index): PageToRecord[] => {
    const place = places[index]
    return place ? [{ ...keysOf(page), ...ofLaterUse(page), document: storedDocument(page), segment, ...place }] : []
  })
  const db = await platform.database()
  const recorded = await recordPages(db, brief.crawlId, rows, notAfter)
  if (!recorded) {
    await platform.archive.delete(segment)
    return new Map()
  }
  const { fresh, announced } = recorded
  await sendSoon(platform, announced)
  const left = rows.map((row) => row.urlKey).filter((key) => !fresh.has(key))
  const known = await findRecorded(db, brief.crawlId, left)
  return outcomes(pages, rows, new Set([...fresh, ...known.map((row) => row.urlKey)]))
}

function outcomes(
  pages: readonly FetchedPage[],
  rows: readonly PageToRecord[],
  recorded: ReadonlySet<string>,
): RecordedOutcomes {
  const found: RecordedOutcomes = new Map()
  pages.forEach((page, index) => {
    const key = rows[index]?.urlKey
    const { status, latencyMs } = page
    if (key && recorded.has(key))
      found.set(page.url.id, { kind: 'recorded', status, bytes: page.body.byteLength, latencyMs })
    else found.set(page.url.id, { kind: 'duplicate', reason: 'same_content', status, latencyMs })
  })
  return found
}

function keysOf(page: FetchedPage): { urlKey: string; bodyKey: string | null } {
  const telling = page.status === 200 && page.body.byteLength >= MIN_TELLING_BODY
  return { urlKey: contentKey(page.url.url), bodyKey: telling ? contentKey(page.body) : null }
}

/** What later crawls ask with, and what tells copies that are not quite the same. */
function ofLaterUse({ headers, reading }: FetchedPage): Pick<PageToRecord, 'etag' | 'lastModified' | 'simhash'> {
  return { ...validatorsOf(headers), simhash: simhash(reading.text ?? '') }
}

function archived(brief: CrawlBrief, page: FetchedPage): ArchivedPage {
  const { reading } = page
  const besides = brief.page.formats.filter((format) => format !== 'markdown')
  const extras = formatsOf(reading, besides)
  return {
    url: page.url.url,
    fetchedAt: page.fetchedAt.toISOString(),
    status: page.status,
    headers: brief.sealed === undefined ? page.headers : withoutSessions(page.headers),
    body: page.body,
    markdown: reading.markdown ?? '',
    extras: Object.keys(extras).length > 0 ? extras : null,
    ...(page.revisit && { revisit: page.revisit }),
  }
}

/** Whoever reads the archive of a crawl with credentials must not find its session in it. */
function withoutSessions(headers: readonly [string, string][]): [string, string][] {
  return headers.filter(([name]) => name.toLowerCase() !== 'set-cookie')
}

function storedDocument(page: FetchedPage): StoredDocument {
  const { reading, url } = page
  return storable({
    url: url.url,
    finalUrl: url.url,
    status: page.status,
    contentType: page.contentType ?? null,
    fetchedAt: page.fetchedAt.toISOString(),
    rendered: false,
    redirects: url.redirects,
    ...described(reading),
    contentHash: contentHash(page.body),
    ...(page.change && { change: page.change }),
  })
}

/** Postgres takes neither U+0000 nor half a surrogate pair; a page that has them in its title is a page all the same. */
function storable(document: StoredDocument): StoredDocument {
  const clean = (_key: string, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value
  return JSON.parse(JSON.stringify(document, clean)) as StoredDocument
}
