import type { Explain } from './explain.ts'
import { refusedAddress } from './refused-address.ts'

export interface PostRequest {
  url: string
  headers: Record<string, string>
  body: string
  userAgent: string
  timeoutMs: number
  /** How much of the answer's body is kept; the rest is not read. */
  keepBytes: number
  /** CIDRs that may be reached although private. */
  allowedNetworks: string[]
  explain: Explain
}

export type PostOutcome =
  | { kind: 'answer'; status: number; retryAfter: string | null; body: string }
  | { kind: 'fault'; detail: string }

/** Sends a message with every bound applied. A redirect is an answer like any other. Never throws for what the network does. */
export async function post(request: PostRequest): Promise<PostOutcome> {
  const refused = refusedAddress(request.url, request.allowedNetworks)
  if (refused) return { kind: 'fault', detail: refused.detail }
  const deadline = AbortSignal.timeout(request.timeoutMs)
  try {
    const response = await fetch(request.url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'user-agent': request.userAgent, 'accept-encoding': 'gzip, br', ...request.headers },
      body: request.body,
      signal: deadline,
    })
    return {
      kind: 'answer',
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: await beginning(response, request.keepBytes),
    }
  } catch (error) {
    if (deadline.aborted) return { kind: 'fault', detail: `No answer within ${request.timeoutMs} ms.` }
    const { detail } = await request.explain(request.url, error)
    return { kind: 'fault', detail }
  }
}

/** The status is the answer: a body that breaks off or never ends takes nothing from it. */
async function beginning(response: Response, bytes: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let left = bytes
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk.subarray(0, left), { stream: true })
      left -= chunk.byteLength
      if (left <= 0) break
    }
  } catch {
    // What has come is kept.
  }
  return text
}
