import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { Zip, ZipDeflate } from 'fflate'
import { warcRecord } from '../../domain/archive/warc-record.ts'
import type { Document } from '../../contracts/api/document.ts'
import { csvRow, csvValue } from '../../domain/crawl/csv-row.ts'
import { pageFile } from '../../domain/crawl/page-file.ts'
import { readRanges } from '../../storage/archive/segment-reader.ts'
import { type ListedPage, listPages } from '../../storage/postgres/pages.ts'
import type { CrawlRow } from '../../storage/postgres/tables.ts'
import { fieldRules } from '../../domain/crawl/page-formats.ts'
import type { Platform } from '../platform.ts'
import { conversionRange, readDocuments, responseRange, wantedFormats } from './list-pages.ts'

export type ExportFormat = 'jsonl' | 'csv' | 'markdown' | 'warc'

/** Pages read from Postgres and the archive at a time; what an export keeps in memory. */
const PAGES_AT_A_TIME = 50

const CSV_COLUMNS = [
  'url',
  'status',
  'title',
  'description',
  'language',
  'wordCount',
  'contentType',
  'fetchedAt',
  'contentHash',
] as const

/** The pieces of an export, in recorded order, produced as the reader takes them. */
export function exportCrawl(platform: Platform, crawl: CrawlRow, format: ExportFormat): AsyncGenerator<Uint8Array> {
  switch (format) {
    case 'jsonl':
      return jsonl(platform, crawl)
    case 'csv':
      return csv(platform, crawl)
    case 'markdown':
      return markdownZip(platform, crawl)
    case 'warc':
      return warc(platform, crawl)
  }
}

async function* rowsOf(platform: Platform, crawl: CrawlRow): AsyncGenerator<ListedPage[]> {
  const db = await platform.database()
  for (let after = -1; ;) {
    const rows = await listPages(db, crawl.id, { after, limit: PAGES_AT_A_TIME })
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.position
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

async function* jsonl(platform: Platform, crawl: CrawlRow): AsyncGenerator<Uint8Array> {
  const formats = wantedFormats(crawl, undefined)
  for await (const rows of rowsOf(platform, crawl)) {
    const documents = await readDocuments(platform.archive, rows, formats)
    yield encode(documents.map((document) => `${JSON.stringify(document)}\n`).join(''))
  }
}

/** Each field of the crawl is a column of its own behind the others, in the order of their names: JSON in Postgres keeps none. */
async function* csv(platform: Platform, crawl: CrawlRow): AsyncGenerator<Uint8Array> {
  const names = Object.keys(fieldRules(crawl.options.scrapeOptions.formats) ?? {}).toSorted()
  // Excel reads UTF-8 only with a byte order mark.
  yield encode(`\uFEFF${csvRow([...CSV_COLUMNS, ...names.map((name) => `fields.${name}`)])}`)
  for await (const rows of rowsOf(platform, crawl)) {
    const documents = await readDocuments(platform.archive, rows, names.length > 0 ? ['fields'] : [])
    yield encode(documents.map((document) => csvRow(cellsOf(document, names))).join(''))
  }
}

function cellsOf(document: Document, names: readonly string[]): (string | number)[] {
  const columns = CSV_COLUMNS.map((column) => document[column] ?? '')
  return [...columns, ...names.map((name) => csvValue(document.fields?.[name]))]
}

async function* markdownZip(platform: Platform, crawl: CrawlRow): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  const taken = new Set<string>()
  for await (const rows of rowsOf(platform, crawl)) {
    for (const document of await readDocuments(platform.archive, rows, ['markdown'])) {
      const file = pageFile(document, document.markdown ?? '', taken)
      const entry = new ZipDeflate(file.name, { level: 6 })
      zip.add(entry)
      entry.push(encode(file.text), true)
    }
    yield* ready.splice(0)
  }
  zip.end()
  yield* ready.splice(0)
}

/** A WARC file is the records of its pages behind a warcinfo record: what the segments hold is copied as it lies. */
async function* warc(platform: Platform, crawl: CrawlRow): AsyncGenerator<Uint8Array> {
  yield warcInfo(platform, crawl)
  for await (const rows of rowsOf(platform, crawl)) {
    const members = await readRanges(
      platform.archive,
      rows.flatMap((row) => [responseRange(row), conversionRange(row)]),
    )
    yield* members
  }
}

function warcInfo(platform: Platform, crawl: CrawlRow): Uint8Array {
  const fields = [
    `software: ${platform.net.userAgent}`,
    'format: WARC File Format 1.1',
    'conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
    `isPartOf: ${crawl.id}`,
    `description: crawl of ${crawl.url}`,
    `robots: ${crawl.options.robots}`,
  ]
  const record = warcRecord({
    type: 'warcinfo',
    date: crawl.createdAt.toISOString(),
    id: `<urn:uuid:${randomUUID()}>`,
    contentType: 'application/warc-fields',
    headers: [['WARC-Filename', `${crawl.id}.warc.gz`]],
    block: encode(fields.map((field) => `${field}\r\n`).join('')),
  })
  return gzipSync(record)
}
