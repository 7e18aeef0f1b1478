import { createHash, randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { concatenated } from '../../domain/archive/concatenated.ts'
import { REVISIT_PROFILE, httpHeadBlock, httpResponseBlock, warcRecord } from '../../domain/archive/warc-record.ts'
import type { SegmentRange } from '../../domain/archive/segment-range.ts'

/** Compression costs more CPU than anything else in a record; level 1 keeps most of the gain at a third of the time. */
const GZIP_LEVEL = 1

/** What tells a rendered document's record from Markdown's. */
export const RENDERED_TYPE = 'text/html; charset=utf-8'

/** One page as it goes into an archive segment. */
export interface ArchivedPage {
  url: string
  /** RFC 3339. */
  fetchedAt: string
  status: number
  headers: [string, string][]
  body: Uint8Array
  markdown: string
  /** The document after a browser had run its scripts, in UTF-8. */
  rendered?: Uint8Array
  /** Formats beside Markdown, when some were asked for. */
  extras: Record<string, unknown> | null
  /** Set where the site has, or might as well have, answered that an earlier response still stands. */
  revisit?: Revisit
}

/** An answer without a payload of its own, and the response whose payload it stands for. */
export interface Revisit {
  profile: keyof typeof REVISIT_PROFILE
  status: number
  headers: [string, string][]
  former: FormerResponse
}

/** A response record of an earlier crawl. */
export interface FormerResponse {
  id: string
  targetUri: string
  /** RFC 3339. */
  date: string
  /** The record as it lies there, one gzip member. */
  member: Uint8Array
}

export interface SegmentPlaces {
  /** With the revisit record behind it, if there is one. */
  response: SegmentRange
  revisitLength: number
  conversion: SegmentRange
}

/**
 * Lays pages out as a WARC 1.1 segment, one gzip member per record: first every response, then every conversion, so that
 * the Markdown of neighbouring pages can be read in one range. A response that was revisited is copied in as it was, the
 * revisit behind it: a segment needs no other.
 */
export function writeSegment(pages: readonly ArchivedPage[]): { bytes: Uint8Array; places: SegmentPlaces[] } {
  const members: Uint8Array[] = []
  let offset = 0
  const append = (member: Uint8Array): SegmentRange => {
    members.push(member)
    offset += member.byteLength
    return { offset: offset - member.byteLength, length: member.byteLength }
  }
  const responses = pages.map((page) => {
    if (page.revisit) return { id: page.revisit.former.id, ...appendRevisit(page, page.revisit, append) }
    const id = `<urn:uuid:${randomUUID()}>`
    return { id, range: append(gzip(responseRecord(page, id))), revisitLength: 0 }
  })
  const conversions = pages.map((page, index) => {
    const refersTo = responses[index]?.id ?? ''
    const first = append(gzip(conversionRecord(page, refersTo)))
    const more = [
      ...(page.rendered ? [append(gzip(renderedRecord(page, page.rendered, refersTo)))] : []),
      ...(page.extras ? [append(gzip(extrasRecord(page, refersTo)))] : []),
    ]
    return { offset: first.offset, length: more.reduce((length, range) => length + range.length, first.length) }
  })
  const places = responses.flatMap(({ range, revisitLength }, index) => {
    const conversion = conversions[index]
    return conversion ? [{ response: range, revisitLength, conversion }] : []
  })
  return { bytes: concatenated(members), places }
}

function appendRevisit(
  page: ArchivedPage,
  revisit: Revisit,
  append: (member: Uint8Array) => SegmentRange,
): { range: SegmentRange; revisitLength: number } {
  const former = append(revisit.former.member)
  const { length } = append(gzip(revisitRecord(page, revisit)))
  return { range: { offset: former.offset, length: former.length + length }, revisitLength: length }
}

/** ISO 28500:2017 §6.7. */
function revisitRecord(page: ArchivedPage, { profile, status, headers, former }: Revisit): Uint8Array {
  return warcRecord({
    type: 'revisit',
    targetUri: page.url,
    date: page.fetchedAt,
    id: `<urn:uuid:${randomUUID()}>`,
    contentType: 'application/http; msgtype=response',
    headers: [
      ['WARC-Profile', REVISIT_PROFILE[profile]],
      ['WARC-Refers-To', former.id],
      ['WARC-Refers-To-Target-URI', former.targetUri],
      ['WARC-Refers-To-Date', former.date],
      ['WARC-Payload-Digest', payloadDigest(page.body)],
    ],
    block: httpHeadBlock({ status, headers }),
  })
}

function payloadDigest(body: Uint8Array): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`
}

function responseRecord(page: ArchivedPage, id: string): Uint8Array {
  return warcRecord({
    type: 'response',
    targetUri: page.url,
    date: page.fetchedAt,
    id,
    contentType: 'application/http; msgtype=response',
    headers: [['WARC-Payload-Digest', payloadDigest(page.body)]],
    block: httpResponseBlock({ status: page.status, headers: page.headers, body: page.body }),
  })
}

function conversionRecord(page: ArchivedPage, refersTo: string): Uint8Array {
  return warcRecord({
    type: 'conversion',
    targetUri: page.url,
    date: page.fetchedAt,
    id: `<urn:uuid:${randomUUID()}>`,
    contentType: 'text/markdown; charset=utf-8',
    headers: [['WARC-Refers-To', refersTo]],
    block: new TextEncoder().encode(page.markdown),
  })
}

/** The page once more, converted by a browser: what its links and its Markdown were read from. */
function renderedRecord(page: ArchivedPage, html: Uint8Array, refersTo: string): Uint8Array {
  return warcRecord({
    type: 'conversion',
    targetUri: page.url,
    date: page.fetchedAt,
    id: `<urn:uuid:${randomUUID()}>`,
    contentType: RENDERED_TYPE,
    headers: [['WARC-Refers-To', refersTo]],
    block: html,
  })
}

function extrasRecord(page: ArchivedPage, refersTo: string): Uint8Array {
  return warcRecord({
    type: 'metadata',
    targetUri: page.url,
    date: page.fetchedAt,
    id: `<urn:uuid:${randomUUID()}>`,
    contentType: 'application/json',
    headers: [['WARC-Refers-To', refersTo]],
    block: new TextEncoder().encode(JSON.stringify(page.extras)),
  })
}

function gzip(record: Uint8Array): Uint8Array {
  return gzipSync(record, { level: GZIP_LEVEL })
}
