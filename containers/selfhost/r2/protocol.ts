import type { RequestedRange } from './byte-range.ts'
import type { Conditional } from './conditional.ts'
import type { ObjectRow } from './bucket.ts'

/** What the binding asks (workerd, r2-api.capnp): as a header of GET, as the first bytes of PUT. */
export type R2Request =
  | { method: 'head'; object: string }
  | { method: 'get'; object: string; range?: RequestedRange; rangeHeader?: string; onlyIf?: Conditional }
  | ListRequest
  | { method: 'delete'; object?: string; objects?: string[] }
  | PutRequest

export interface ListRequest {
  method: 'list'
  limit?: number
  prefix?: string
  cursor?: string
  delimiter?: string
  startAfter?: string
  /** 0: HTTP metadata, 1: custom metadata. */
  include?: number[]
}

export interface PutRequest {
  method: 'put'
  object: string
  httpFields?: Record<string, unknown>
  customFields?: { k: string; v: string }[]
  onlyIf?: Conditional
  /** Base64; the others are hexadecimal. */
  md5?: string
  sha1?: string
  sha256?: string
  sha384?: string
  sha512?: string
}

const REQUEST = 'cf-r2-request'
const METADATA_SIZE = 'cf-r2-metadata-size'
const ERROR = 'cf-r2-error'
const LONGEST_METADATA_BYTES = 1_048_576

/** Error codes are R2's own: developers.cloudflare.com/r2/api/error-codes. */
export const faults = {
  noSuchKey: { status: 404, v4code: 10_007, message: 'The specified key does not exist.' },
  tooLongKey: { status: 400, v4code: 10_020, message: 'The specified object name is not valid: at most 1024 bytes.' },
  tooMuchMetadata: {
    status: 400,
    v4code: 10_012,
    message: 'Your metadata headers exceed the maximum allowed metadata size of 8192 bytes.',
  },
  badLimit: { status: 400, v4code: 10_022, message: 'MaxKeys params must be positive integer <= 1000.' },
  badDigest: { status: 400, v4code: 10_037, message: 'A checksum you specified did not match what we received.' },
  precondition: {
    status: 412,
    v4code: 10_031,
    message: 'At least one of the pre-conditions you specified did not hold.',
  },
  badRange: { status: 416, v4code: 10_039, message: 'The requested range is not satisfiable' },
  notSupported: {
    status: 501,
    v4code: 10_001,
    message: 'R2 over disk has no multipart uploads; put the object whole.',
  },
  internal: { status: 500, v4code: 10_001, message: 'The disk did not take or give the object.' },
} as const

export type Fault = (typeof faults)[keyof typeof faults]

/** A fault, with the object's metadata when the binding is to hand that on (a failed condition of `get`). */
export function fault({ status, ...error }: Fault, row?: ObjectRow): Response {
  const body = row ? encoded(described(row)) : new Uint8Array()
  const headers = { [ERROR]: JSON.stringify({ version: 1, ...error }), [METADATA_SIZE]: String(body.byteLength) }
  return new Response(body, { status, headers })
}

export function answer(value: unknown): Response {
  const body = encoded(value)
  return new Response(body, { headers: { [METADATA_SIZE]: String(body.byteLength) } })
}

/** Metadata, then `length` bytes of the object. */
export function answerWithBody(
  value: unknown,
  body: ReadableStream<Uint8Array> | Uint8Array,
  length: number,
): Response {
  const metadata = encoded(value)
  const { readable, writable } = new FixedLengthStream(metadata.byteLength + length)
  void pour(metadata, body, writable)
  return new Response(readable, { headers: { [METADATA_SIZE]: String(metadata.byteLength) } })
}

/** A reader that goes away mid-way cancels the pipe; there is nobody left to tell. */
async function pour(
  metadata: Uint8Array,
  body: ReadableStream<Uint8Array> | Uint8Array,
  to: WritableStream<Uint8Array>,
): Promise<void> {
  try {
    const writer = to.getWriter()
    await writer.write(metadata)
    if (body instanceof Uint8Array) {
      await writer.write(body)
      return await writer.close()
    }
    writer.releaseLock()
    await body.pipeTo(to as WritableStream<Uint8Array>)
  } catch {
    return
  }
}

export function readGet(request: Request): R2Request {
  return JSON.parse(request.headers.get(REQUEST) ?? '{}') as R2Request
}

export function metadataSize(request: Request): number {
  const size = Number(request.headers.get(METADATA_SIZE))
  if (!(size > 0 && size <= LONGEST_METADATA_BYTES)) throw new Error(`${METADATA_SIZE} is ${size}`)
  return size
}

export function described(row: ObjectRow): Record<string, unknown> {
  return {
    name: row.key,
    version: row.version,
    size: row.size,
    etag: row.etag,
    uploaded: row.uploaded,
    httpFields: JSON.parse(row.http_fields) as unknown,
    customFields: JSON.parse(row.custom_fields) as unknown,
    checksums: { 0: row.etag, ...(JSON.parse(row.checksums) as object) },
  }
}

function encoded(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value)) as Uint8Array<ArrayBuffer>
}
