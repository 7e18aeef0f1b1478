import { Chance } from './chance.ts'
import { ApiDocument } from './document.ts'
import { type FuzzRequest, type Means, fuzzRequest } from './requests.ts'

export interface FuzzOutcome {
  requests: number
  /** How many answers of each status. */
  statuses: Record<number, number>
  faults: string[]
}

const AT_ONCE = 16
const WITHIN_MS = 60_000
/** What would be told is the same a thousand times over. */
const MAX_FAULTS = 20
const ALWAYS = ['x-request-id', 'x-content-type-options', 'content-security-policy', 'referrer-policy', 'cache-control']

/** Sends generated requests to a platform and holds every answer to its OpenAPI document. */
export async function fuzz(
  url: string,
  means: Means,
  { seed, count }: { seed: number; count: number },
): Promise<FuzzOutcome> {
  const document = await ApiDocument.of(url)
  const chance = new Chance(seed)
  const outcome: FuzzOutcome = { requests: 0, statuses: {}, faults: [] }
  async function keepAsking(): Promise<void> {
    while (outcome.requests < count && outcome.faults.length < MAX_FAULTS) {
      // Each operation in turn, so that none is left to chance.
      const operation = document.operations[outcome.requests % document.operations.length]
      outcome.requests += 1
      if (!operation) throw new Error('the document has no operations')
      const request = fuzzRequest(document, operation, means, chance)
      const { status, fault } = await answerTo(url, request, document)
      outcome.statuses[status] = (outcome.statuses[status] ?? 0) + 1
      if (fault !== undefined) outcome.faults.push(told(request, status, fault))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, keepAsking))
  return outcome
}

async function answerTo(
  url: string,
  request: FuzzRequest,
  document: ApiDocument,
): Promise<{ status: number; fault: string | undefined }> {
  const { method, path, headers, body } = request
  const init = { method, headers, ...(body !== undefined && { body }), redirect: 'manual' as const }
  try {
    const response = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(WITHIN_MS) })
    // Events go on until their crawl ends; that they begin is what is asked here.
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
    const text = isStream ? '' : await response.text()
    if (isStream) await response.body?.cancel()
    return { status: response.status, fault: faultOf(request, response, text, document) }
  } catch (error) {
    return {
      status: 0,
      fault: `no answer: ${error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error)}`,
    }
  }
}

function faultOf(request: FuzzRequest, response: Response, text: string, document: ApiDocument): string | undefined {
  if (response.status >= 500) return `a fault of ours: ${text.slice(0, 300)}`
  const missing = ALWAYS.find((name) => !response.headers.has(name))
  if (missing !== undefined) return `has no ${missing}`
  if (/\bat .+:\d+:\d+|postgres|drizzle/i.test(response.ok ? '' : text))
    return `tells of our insides: ${text.slice(0, 300)}`
  const isProblem = response.headers.get('content-type') === 'application/problem+json'
  if (isProblem && (JSON.parse(text) as { status: number }).status !== response.status)
    return 'a problem of another status'
  if (request.isItsMethod) return document.fault(request.operation, response, text)
  return response.ok || response.status === 204 ? undefined : document.problemFault(text)
}

function told({ method, path, headers, body }: FuzzRequest, status: number, fault: string): string {
  return `${status} ${method} ${path.slice(0, 200)} ${JSON.stringify(headers).slice(0, 300)} ${body?.slice(0, 300)}\n  ${fault}`
}
