import { concatenated } from '../domain/archive/concatenated.ts'
import { declaresNothing } from '../domain/fetch/document-kind.ts'
import { Deadline } from './deadline.ts'
import type { Explain } from './explain.ts'
import { LARGE_BODY_BYTES, type LargeBodyTurn } from './large-body-turn.ts'
import { refusedAddress } from './refused-address.ts'
import { type HopFault, beginsUnreadable, brokenBody, disguised, unreadable } from './unreadable.ts'

/** One hop on the way to a page: redirects are answers here, never followed. */
export type HopOutcome =
  | {
      kind: 'response'
      status: number
      headers: [string, string][]
      contentType: string | undefined
      body: Uint8Array
      latencyMs: number
    }
  | { kind: 'redirect'; status: number; location: string | null; setCookie: string[]; latencyMs: number }
  | HopFault

export interface DownloadRequest {
  url: string
  headers: Record<string, string>
  userAgent: string
  timeoutMs: number
  /** What the caller has set, of which `timeoutMs` is what is left: "2000 ms, the `timeout`". */
  bound?: string
  /** Most bytes of the body after decompression. */
  maxBytes: number
  /** CIDRs that may be reached although private. */
  allowedNetworks: string[]
  explain: Explain
  /** false takes any media type, as for robots.txt and sitemaps. */
  readableOnly: boolean
  /** Takes images, too, where only what is readable is taken: as pages of a crawl they would be most of it. */
  takesImages?: boolean
  /** Takes the first `maxBytes` of a longer body instead of refusing it (RFC 9309 §2.5). */
  cut?: boolean
  /** A form that is sent (application/x-www-form-urlencoded); absent for a GET. */
  form?: string
  /** Called when the answer begins, or when there will be none. */
  onAnswer?: () => void
  /** Taken before more than `LARGE_BODY_BYTES` of a body are held; whoever gave it ends it. Waiting costs no `timeoutMs`. */
  largeBodyTurn?: LargeBodyTurn
}

const ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,application/json;q=0.8,*/*;q=0.5'

/** Fetches one hop with every bound applied. Never throws for what the network or the site does. */
export async function download(request: DownloadRequest): Promise<HopOutcome> {
  const refused = refusedAddress(request.url, request.allowedNetworks)
  if (refused) return refused
  const deadline = new Deadline(request.timeoutMs)
  const startedAt = Date.now()
  let response: Response | undefined
  try {
    response = await fetch(request.url, {
      redirect: 'manual',
      headers: requestHeaders(request),
      ...(request.form !== undefined && { method: 'POST', body: request.form }),
      signal: deadline.signal,
    })
    request.onAnswer?.()
    const latencyMs = Date.now() - startedAt
    if (isRedirect(response.status)) {
      await response.body?.cancel()
      const setCookie = response.headers.getSetCookie()
      return {
        kind: 'redirect',
        status: response.status,
        location: response.headers.get('location'),
        setCookie,
        latencyMs,
      }
    }
    return await takeBody(request, response, { latencyMs, deadline })
  } catch (error) {
    request.onAnswer?.()
    if (deadline.signal.aborted) return timedOut(request)
    if (response) return brokenBody(response, error)
    return { kind: 'fault', ...(await request.explain(request.url, error)) }
  } finally {
    deadline.clear()
  }
}

function requestHeaders(request: DownloadRequest): Record<string, string> {
  // The runtime decodes gzip and br only; a site that were offered more would send what nobody here can read.
  const form = request.form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
  return { 'user-agent': request.userAgent, accept: ACCEPT, 'accept-encoding': 'gzip, br', ...form, ...request.headers }
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308
}

interface Arrival {
  latencyMs: number
  deadline: Deadline
}

async function takeBody(request: DownloadRequest, response: Response, arrival: Arrival): Promise<HopOutcome> {
  const contentType = response.headers.get('content-type') ?? undefined
  const { status } = response
  const refusal = request.readableOnly ? unreadable(response, request.takesImages === true) : undefined
  if (refusal) {
    await response.body?.cancel()
    return refusal
  }
  const body = await readCapped(response, request, arrival.deadline)
  if (body !== undefined && 'fault' in body) return body
  if (!body) {
    const detail = `The body is larger than ${request.maxBytes} bytes (after decompression); \`maxBytes\` sets the bound.`
    return { kind: 'fault', fault: 'too_large', detail, status }
  }
  const refusedBody = request.readableOnly ? disguised(response, body) : undefined
  if (refusedBody) return refusedBody
  return { kind: 'response', status, headers: [...response.headers], contentType, body, latencyMs: arrival.latencyMs }
}

/** The body, or undefined once it has grown past the cap: nothing after that is read. */
async function readCapped(
  response: Response,
  { maxBytes, cut, readableOnly, largeBodyTurn }: DownloadRequest,
  deadline: Deadline,
): Promise<Uint8Array | HopFault | undefined> {
  if (!response.body) return new Uint8Array()
  const isVague = readableOnly && declaresNothing(response.headers.get('content-type'))
  // A plain body can't outgrow its Content-Length; one read is several times cheaper than many.
  const declared = Number(response.headers.get('content-length') ?? Number.NaN)
  let turn = largeBodyTurn
  const becomesLarge = async (): Promise<void> => {
    const awaited = turn
    turn = undefined
    if (awaited) await deadline.without(() => awaited.take())
  }
  if (declared > LARGE_BODY_BYTES && declared <= maxBytes) await becomesLarge()
  if (declared <= maxBytes && !isVague && !response.headers.has('content-encoding'))
    return new Uint8Array(await response.arrayBuffer())
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return concatenated(chunks)
    size += value.byteLength
    chunks.push(value)
    if (size > LARGE_BODY_BYTES) await becomesLarge()
    const refusal = isVague && chunks.length === 1 ? beginsUnreadable(response, value) : undefined
    if (refusal) {
      await reader.cancel()
      return refusal
    }
    if (size > maxBytes) {
      await reader.cancel()
      return cut ? concatenated(chunks).subarray(0, maxBytes) : undefined
    }
  }
}

function timedOut(request: DownloadRequest): HopOutcome {
  return {
    kind: 'fault',
    fault: 'timeout',
    detail: `No complete answer within ${request.bound ?? `${request.timeoutMs} ms`}.`,
  }
}
