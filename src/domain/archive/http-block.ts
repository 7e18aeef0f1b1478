import { type HeaderField, decodeHead, encodeHead } from './header-lines.ts'
import { concatenated } from './concatenated.ts'

export interface ArchivedResponse {
  status: number
  statusText?: string
  headers: readonly HeaderField[]
  /** Decoded: without transfer and content codings. */
  body: Uint8Array
}

export interface ArchivedRequest {
  method: string
  /** Absolute; the request line gets path and query, the Host field the rest. */
  url: string
  headers: readonly HeaderField[]
  body?: Uint8Array
}

/**
 * Fields that describe the body as it was on the wire. The runtime hands bodies over decoded, so with these a reader would
 * decode what is plain. They stay on record under another name, as web archives are used to.
 */
const ON_THE_WIRE: ReadonlySet<string> = new Set(['content-encoding', 'transfer-encoding', 'content-length'])
const ORIGINAL_PREFIX = 'X-Archive-Orig-'

/** The block of a `response` record: `application/http; msgtype=response`. */
export function httpResponseBlock(response: ArchivedResponse): Uint8Array {
  const fields = asArchived(response.headers)
  fields.push(['Content-Length', String(response.body.byteLength)])
  return concatenated([encodeHead(statusLine(response), fields), response.body])
}

/** The block of a `revisit` record: the head of the answer, without a body. */
export function httpHeadBlock(response: Omit<ArchivedResponse, 'body'>): Uint8Array {
  return encodeHead(statusLine(response), asArchived(response.headers))
}

function asArchived(headers: readonly HeaderField[]): HeaderField[] {
  return headers.map(([name, value]) => {
    return ON_THE_WIRE.has(name.toLowerCase()) ? [`${ORIGINAL_PREFIX}${name}`, value] : [name, value]
  })
}

function statusLine({ status, statusText }: Omit<ArchivedResponse, 'body'>): string {
  return `HTTP/1.1 ${status} ${statusText ?? reasonPhrase(status)}`
}

/** The block of a `request` record: `application/http; msgtype=request`. */
export function httpRequestBlock(request: ArchivedRequest): Uint8Array {
  const { host, pathname, search } = new URL(request.url)
  const named = request.headers.some(([name]) => name.toLowerCase() === 'host')
  const fields: HeaderField[] = named ? [...request.headers] : [['Host', host], ...request.headers]
  const head = encodeHead(`${request.method} ${pathname}${search} HTTP/1.1`, fields)
  return request.body ? concatenated([head, request.body]) : head
}

export interface ReadHttpBlock {
  /** 0 for a request. */
  status: number
  /** By lower-case name. */
  headers: Map<string, string>
  body: Uint8Array
}

export function readHttpBlock(block: Uint8Array): ReadHttpBlock {
  const { startLine, fields, end } = decodeHead(block)
  const status = Number(/^HTTP\/\d(?:\.\d)? (\d{3})/.exec(startLine)?.[1] ?? 0)
  return { status, headers: fields, body: block.subarray(end) }
}

/** RFC 9110 §15. HTTP/2 and fetch() carry no phrase, but some readers of archives insist on one. */
const REASON_PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  410: 'Gone',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

function reasonPhrase(status: number): string {
  return REASON_PHRASES[status] ?? 'Status'
}
