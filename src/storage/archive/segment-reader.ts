import { gunzipSync } from 'node:zlib'
import { readHttpBlock, readWarcRecord } from '../../domain/archive/warc-record.ts'
import type { SegmentRange } from '../../domain/archive/segment-range.ts'
import { freshened } from '../../domain/fetch/conditional.ts'
import { type FormerResponse, RENDERED_TYPE } from './segment-writer.ts'

/** Neighbouring ranges closer than this are read together: one request costs more than the bytes between. */
const READ_TOGETHER_BYTES = 64_000
/** A page of results stays below this in memory per read. */
const MOST_BYTES_PER_READ = 8_000_000

export interface PlacedRange extends SegmentRange {
  segment: string
}

/** What a page's conversion records hold: Markdown, what a browser made of the page, and other formats that were asked for. */
export interface Conversion {
  markdown: string
  rendered?: Uint8Array
  extras: Record<string, unknown>
}

/** Reads many ranges, in the order given, with as few requests as their neighbourhood allows. */
export async function readRanges(archive: R2Bucket, ranges: readonly PlacedRange[]): Promise<Uint8Array[]> {
  const found = new Map<PlacedRange, Uint8Array>()
  for (const group of neighbourhoods(ranges)) {
    const first = group[0]
    const last = group.at(-1)
    if (!first || !last) continue
    const object = await archive.get(first.segment, {
      range: { offset: first.offset, length: last.offset + last.length - first.offset },
    })
    if (!object) throw new Error(`archive segment ${first.segment} is missing`)
    const bytes = new Uint8Array(await object.arrayBuffer())
    for (const range of group) {
      const start = range.offset - first.offset
      found.set(range, bytes.subarray(start, start + range.length))
    }
  }
  return ranges.map((range) => found.get(range) ?? new Uint8Array())
}

function neighbourhoods(ranges: readonly PlacedRange[]): PlacedRange[][] {
  const sorted = ranges.toSorted((a, b) =>
    a.segment < b.segment ? -1 : a.segment > b.segment ? 1 : a.offset - b.offset,
  )
  const groups: PlacedRange[][] = []
  for (const range of sorted) {
    const group = groups.at(-1)
    if (group && joins(group, range)) group.push(range)
    else groups.push([range])
  }
  return groups
}

function joins(group: readonly PlacedRange[], range: PlacedRange): boolean {
  const first = group[0]
  const last = group.at(-1)
  if (!first || !last || last.segment !== range.segment) return false
  const gap = range.offset - last.offset - last.length
  return gap <= READ_TOGETHER_BYTES && range.offset + range.length - first.offset <= MOST_BYTES_PER_READ
}

/** Takes the conversion records of one page apart. */
export function readConversion(members: Uint8Array): Conversion {
  const records = gunzipSync(members)
  const byType = new Map<string, Uint8Array>()
  for (let rest = records; rest.byteLength > 0;) {
    const { headers, block, length } = readWarcRecord(rest)
    byType.set(headers.get('content-type') ?? '', block)
    rest = rest.subarray(length)
  }
  const rendered = byType.get(RENDERED_TYPE)
  const extras = byType.get('application/json')
  const decoder = new TextDecoder()
  return {
    markdown: decoder.decode(byType.get('text/markdown; charset=utf-8') ?? new Uint8Array()),
    ...(rendered && { rendered }),
    extras: extras ? (JSON.parse(decoder.decode(extras)) as Record<string, unknown>) : {},
  }
}

/** Takes a response apart: the bytes that the site sent, and its headers, as renewed by the revisit behind it. */
export function readResponse(members: Uint8Array): { headers: Map<string, string>; body: Uint8Array } {
  const records = gunzipSync(members)
  const response = readWarcRecord(records)
  const { headers, body } = readHttpBlock(response.block)
  const rest = records.subarray(response.length)
  if (rest.byteLength === 0) return { headers, body }
  return { headers: new Map(freshened(headers, readHttpBlock(readWarcRecord(rest).block).headers)), body }
}

/** Takes a single response record apart, as a later crawl finds it. */
export function readFormerResponse(member: Uint8Array): {
  former: FormerResponse
  headers: Map<string, string>
  body: Uint8Array
} {
  const record = readWarcRecord(gunzipSync(member))
  const field = (name: string) => record.headers.get(name) ?? ''
  const former = {
    id: field('warc-record-id'),
    targetUri: field('warc-target-uri'),
    date: field('warc-date'),
    member,
  }
  const { headers, body } = readHttpBlock(record.block)
  return { former, headers, body }
}
