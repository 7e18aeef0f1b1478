import { type HeaderField, decodeHead, encodeHead } from './header-lines.ts'
import { concatenated } from './concatenated.ts'

export { httpHeadBlock, httpRequestBlock, httpResponseBlock, readHttpBlock } from './http-block.ts'

export type WarcType = 'warcinfo' | 'request' | 'response' | 'resource' | 'metadata' | 'conversion' | 'revisit'

export interface WarcRecord {
  type: WarcType
  /** The URI whose capture this is; every type but `warcinfo` has one. */
  targetUri?: string
  /** RFC 3339, UTC. */
  date: string
  /** `urn:uuid:…`, with or without the angle brackets of the format. */
  id: string
  /** Media type of the block. */
  contentType: string
  /** Further named fields: digests, WARC-Refers-To, WARC-Profile, … */
  headers?: HeaderField[]
  block: Uint8Array
}

const VERSION = 'WARC/1.1'
const RECORD_END = new Uint8Array([0x0d, 0x0a, 0x0d, 0x0a])

/** ISO 28500:2017 §6.7.2 and §6.7.3: why a `revisit` holds no payload of its own. The value of WARC-Profile. */
export const REVISIT_PROFILE = {
  identicalPayload: 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest',
  notModified: 'http://netpreserve.org/warc/1.1/revisit/server-not-modified',
} as const

/** One uncompressed WARC 1.1 record (ISO 28500:2017 §4). Gzip each by itself and join them for a `.warc.gz`. */
export function warcRecord(record: WarcRecord): Uint8Array {
  const fields: HeaderField[] = [
    ['WARC-Type', record.type],
    ['WARC-Record-ID', record.id.startsWith('<') ? record.id : `<${record.id}>`],
    ['WARC-Date', record.date],
    // Version 1.1 writes the URI bare; the angle brackets of 1.0 were an error of its grammar.
    ...(record.targetUri === undefined ? [] : [['WARC-Target-URI', record.targetUri] as const]),
    ...(record.headers ?? []),
    ['Content-Type', record.contentType],
    ['Content-Length', String(record.block.byteLength)],
  ]
  return concatenated([encodeHead(VERSION, fields), record.block, RECORD_END])
}

export interface ReadWarcRecord {
  /** By lower-case name. */
  headers: Map<string, string>
  block: Uint8Array
  /** Bytes of the whole record: the next one starts there. */
  length: number
}

/** Reads the record at the start of `bytes`. Throws when it is not whole: archives that we wrote are. */
export function readWarcRecord(bytes: Uint8Array): ReadWarcRecord {
  const { startLine, fields, end } = decodeHead(bytes)
  const written = fields.get('content-length') ?? ''
  const blockEnd = end + Number(written)
  if (!startLine.startsWith('WARC/') || !/^\d+$/.test(written))
    throw new Error(`Not a WARC record: ${startLine.slice(0, 80)}`)
  if (blockEnd > bytes.byteLength) throw new Error(`A WARC record of ${blockEnd} bytes was cut at ${bytes.byteLength}.`)
  const length = Math.min(blockEnd + RECORD_END.byteLength, bytes.byteLength)
  return { headers: fields, block: bytes.subarray(end, blockEnd), length }
}
