import { type ApiRefusal, refusalOf } from './problem.ts'

export type Attempt =
  | { kind: 'answer'; response: Response }
  | { kind: 'refused'; refusal: ApiRefusal }
  /** Worth asking again: the platform is restarting, busy, or has stumbled. */
  | { kind: 'trouble'; what: string; patienceMs: number; retryAfterMs?: number }

/** A platform that restarts, or whose database does, is back within this. */
const RESTART_MS = 60_000
/** An error of the platform's own making rarely heals; it may be a side effect of a restart, though. */
const INTERNAL_ERROR_MS = 15_000

const RESTARTING: ReadonlySet<number> = new Set([429, 502, 503, 504])

export async function attempt(url: string, init: RequestInit): Promise<Attempt> {
  let response: Response
  try {
    response = await fetch(url, init)
  } catch (error) {
    return { kind: 'trouble', what: faultText(error), patienceMs: RESTART_MS }
  }
  if (response.ok) return { kind: 'answer', response }
  const retryAfterMs = retryAfter(response)
  const refusal = await refusalOf(response)
  const again = { kind: 'trouble', what: refusal.message, ...(retryAfterMs !== undefined && { retryAfterMs }) } as const
  if (RESTARTING.has(response.status)) return { ...again, patienceMs: RESTART_MS }
  if (response.status === 500) return { ...again, patienceMs: INTERNAL_ERROR_MS }
  return { kind: 'refused', refusal }
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined
}

/** `fetch failed` says nothing; what it was caused by does. */
export function faultText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof AggregateError && cause.errors.length > 0) return faultText(cause.errors[0])
  return cause instanceof Error ? faultText(cause) : error.message
}
