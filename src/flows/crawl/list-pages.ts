import type { Document } from '../../contracts/api/document.ts'
import type { Change } from '../../domain/crawl/change.ts'
import type { PageFormatName } from '../../domain/crawl/crawl-brief.ts'
import { namedFormats } from '../../domain/crawl/page-formats.ts'
import { type PlacedRange, readConversion, readRanges, readResponse } from '../../storage/archive/segment-reader.ts'
import { type ListedPage, listPages } from '../../storage/postgres/pages.ts'
import type { CrawlRow, PageRow } from '../../storage/postgres/tables.ts'
import { sourceText } from '../page-document.ts'
import type { Platform } from '../platform.ts'

export interface PagesPage {
  documents: Document[]
  /** Position to go on after; null at the end. */
  next: number | null
}

/** Documents in recorded order, with the formats that were recorded, or the named ones among them. */
export async function listDocuments(
  platform: Platform,
  crawl: CrawlRow,
  query: { after: number; limit: number; formats?: readonly string[]; change?: Change },
): Promise<PagesPage> {
  const { formats, ...place } = query
  const rows = await listPages(await platform.database(), crawl.id, { ...place, limit: query.limit + 1 })
  const page = rows.slice(0, query.limit)
  const documents = await readDocuments(platform.archive, page, wantedFormats(crawl, formats))
  return { documents, next: rows.length > query.limit ? (page.at(-1)?.position ?? null) : null }
}

export function wantedFormats(crawl: CrawlRow, narrowed: readonly string[] | undefined): PageFormatName[] {
  const recorded = namedFormats(crawl.options.scrapeOptions.formats)
  return narrowed ? recorded.filter((format) => narrowed.includes(format)) : recorded
}

export async function readDocuments(
  archive: R2Bucket,
  rows: readonly ListedPage[],
  formats: readonly PageFormatName[],
): Promise<Document[]> {
  const stored = formats.filter((format) => format !== 'rawHtml')
  const conversions = stored.length > 0 ? await readRanges(archive, rows.map(conversionRange)) : []
  const responses = formats.includes('rawHtml') ? await readRanges(archive, rows.map(responseRange)) : []
  return rows.map((row, index) => ({
    ...row.document,
    ...(row.nearDuplicateOf !== null && { nearDuplicateOf: row.nearDuplicateOf }),
    ...converted(conversions[index], stored),
    ...raw(responses[index], row),
  }))
}

function converted(members: Uint8Array | undefined, formats: readonly PageFormatName[]): Partial<Document> {
  if (!members) return {}
  const { markdown, extras } = readConversion(members)
  const all: Record<string, unknown> = { markdown, ...extras }
  return Object.fromEntries(formats.flatMap((format) => (format in all ? [[format, all[format]]] : [])))
}

function raw(member: Uint8Array | undefined, row: PageRow): Partial<Document> {
  if (!member) return {}
  const { body } = readResponse(member)
  return { rawHtml: sourceText({ contentType: row.document.contentType ?? undefined, body }) }
}

export function conversionRange(row: PageRow): PlacedRange {
  return { segment: row.segment, offset: row.conversionOffset, length: row.conversionLength }
}

export function responseRange(row: PageRow): PlacedRange {
  return { segment: row.segment, offset: row.responseOffset, length: row.responseLength }
}
