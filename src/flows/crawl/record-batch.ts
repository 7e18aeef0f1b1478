import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import { validatorsOf } from '../../domain/fetch/conditional.ts'
import type { Outcome } from '../../domain/frontier/outcome.ts'
import { simhash } from '../../domain/page/simhash.ts'
import type { Capture } from '../../net/rendering/capture.ts'
import { type ArchivedPage, writeSegment } from '../../storage/archive/segment-writer.ts'
import { putSegment, segmentKey } from '../../storage/archive/segments.ts'
import { type PageToRecord, findRecorded, recordPages } from '../../storage/postgres/pages.ts'
import type { StoredDocument } from '../../storage/postgres/tables.ts'
import { described, formatsOf } from '../page-document.ts'
import { sendSoon } from '../delivery/send-soon.ts'
import type { Platform } from '../platform.ts'
import { captureFacts, capturesIn } from '../capture/capture-facts.ts'
import { type KeptCaptures, keepCaptures } from '../capture/keep-captures.ts'
import { contentHash, contentKey } from './keys.ts'
import { nearDuplicatesIn } from './near-duplicates-in.ts'
import { renderFacts, withNotes } from '../render/render-facts.ts'
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
  const fetched = pages.map((page) => ({ page, ...keysOf(page), ...ofLaterUse(page) }))
  const copies = await nearDuplicatesIn(platform, brief, fetched)
  const outcomes = new Map(
    fetched.filter(({ urlKey }) => copies.has(urlKey)).map(({ page }) => [page.url.id, copied(page, 'near_duplicate')]),
  )
  const others = fetched.filter(({ urlKey }) => !copies.has(urlKey))
  for (const [id, outcome] of await record(platform, brief, others, notAfter)) outcomes.set(id, outcome)
  return outcomes
}

/** A page with what the database knows it by. */
interface KeyedPage {
  page: FetchedPage
  urlKey: string
  bodyKey: string | null
  etag: string | null
  lastModified: string | null
  simhash: bigint | null
}

async function record(
  platform: Platform,
  brief: CrawlBrief,
  keyed: readonly KeyedPage[],
  notAfter: Date,
): Promise<RecordedOutcomes> {
  if (keyed.length === 0) return new Map()
  const segment = segmentKey(brief.crawlId)
  const { bytes, places } = writeSegment(keyed.map(({ page }) => archived(brief, page)))
  await putSegment(platform.archive, segment, bytes)
  const captures = await keepCaptures(platform, brief, capturesOf(keyed))
  const rows = keyed.flatMap(({ page, ...keys }, index): PageToRecord[] => {
    const place = places[index]
    return place ? [{ ...keys, document: storedDocument(page, captures), segment, ...place }] : []
  })
  const db = await platform.database()
  const taken = await recordPages(db, brief.crawlId, rows, notAfter)
  if (!taken) {
    await platform.archive.delete(segment)
    await captures.discard(capturesOf(keyed))
    return new Map()
  }
  const { fresh, announced } = taken
  await captures.discard(capturesOf(keyed.filter(({ urlKey }) => !fresh.has(urlKey))))
  await sendSoon(platform, announced)
  const left = rows.map((row) => row.urlKey).filter((key) => !fresh.has(key))
  const known = await findRecorded(db, brief.crawlId, left)
  const recorded = new Set([...fresh, ...known.map((row) => row.urlKey)])
  return new Map(
    keyed.map(({ page, urlKey }) => [
      page.url.id,
      recorded.has(urlKey) ? outcomeOf(page) : copied(page, 'same_content'),
    ]),
  )
}

function capturesOf(keyed: readonly KeyedPage[]): Capture[] {
  return keyed.flatMap(({ page }) => capturesIn(page.rendering))
}

function outcomeOf({ status, body, latencyMs }: FetchedPage): Outcome {
  return { kind: 'recorded', status, bytes: body.byteLength, latencyMs }
}

function copied({ status, latencyMs }: FetchedPage, reason: 'same_content' | 'near_duplicate'): Outcome {
  return { kind: 'duplicate', reason, status, latencyMs }
}

function keysOf(page: FetchedPage): { urlKey: string; bodyKey: string | null } {
  const content = contentOf(page)
  const telling = page.status === 200 && content.byteLength >= MIN_TELLING_BODY
  return { urlKey: contentKey(page.url.url), bodyKey: telling ? contentKey(content) : null }
}

/** What makes the page: every route of a single-page application answers with the same bytes. */
function contentOf({ rendering, body }: FetchedPage): Uint8Array {
  return rendering?.body ?? body
}

/** What later crawls ask with, and what tells copies that are not quite the same. */
function ofLaterUse({ headers, reading }: FetchedPage): Pick<PageToRecord, 'etag' | 'lastModified' | 'simhash'> {
  return { ...validatorsOf(headers), simhash: simhash(reading.text ?? '') }
}

function archived(brief: CrawlBrief, page: FetchedPage): ArchivedPage {
  const reading = withNotes(page.reading, page.rendering)
  const besides = brief.page.formats.filter((format) => format !== 'markdown')
  const extras = formatsOf(reading, besides)
  return {
    url: page.url.url,
    fetchedAt: page.fetchedAt.toISOString(),
    status: page.status,
    headers: brief.sealed === undefined ? page.headers : withoutSessions(page.headers),
    body: page.body,
    markdown: reading.markdown ?? '',
    ...(page.rendering && { rendered: page.rendering.body }),
    extras: Object.keys(extras).length > 0 ? extras : null,
    ...(page.revisit && { revisit: page.revisit }),
  }
}

/** Whoever reads the archive of a crawl with credentials must not find its session in it. */
function withoutSessions(headers: readonly [string, string][]): [string, string][] {
  return headers.filter(([name]) => name.toLowerCase() !== 'set-cookie')
}

function storedDocument(page: FetchedPage, { urlOf }: KeptCaptures): StoredDocument {
  const { reading, url } = page
  return storable({
    url: url.url,
    finalUrl: page.rendering?.url ?? url.url,
    status: page.rendering?.status ?? page.status,
    contentType: page.contentType ?? null,
    fetchedAt: page.fetchedAt.toISOString(),
    ...renderFacts(page.rendering),
    ...captureFacts(page.rendering, urlOf),
    redirects: url.redirects,
    ...described(reading, page.asked),
    contentHash: contentHash(contentOf(page)),
    ...(page.change && { change: page.change }),
  })
}

/** Postgres takes neither U+0000 nor half a surrogate pair; a page that has them in its title is a page all the same. */
function storable(document: StoredDocument): StoredDocument {
  const clean = (_key: string, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value
  return JSON.parse(JSON.stringify(document, clean)) as StoredDocument
}
