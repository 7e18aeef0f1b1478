// Delays and answers: Standard Webhooks 1.0, "Delivery, retries and failures".

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** From the event to the first attempt, then from each attempt to the next. */
const WAITS_MS = [
  0,
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const

/** Receivers that went down together are not to be asked together. */
const JITTER = 0.2

/** Nothing but failures for this long: nobody is there any more. */
const GIVE_UP_AFTER_MS = 5 * 24 * HOUR_MS

const FIRST_HOLD_MS = 5 * SECOND_MS
const LONGEST_HOLD_MS = 10 * MINUTE_MS

/** A receiver that answers with these says that it has too much to do. */
const OVERLOADED: ReadonlySet<number> = new Set([429, 502, 504])

export type Answer =
  | { kind: 'answer'; status: number; retryAfterMs?: number | undefined }
  | { kind: 'fault'; detail: string }

export interface Circumstances {
  /** Attempts of this round, the one that is judged included. */
  tries: number
  /** How often in a row the channel has asked for rest. */
  slowDowns: number
  /** For how long there was nothing but failures; 0 where the last one before this was taken. */
  failingForMs: number
  /** From 0 to below 1. */
  chance: number
  /** Divides our own waits, in tests. */
  clockSpeed: number
}

export type Consequence =
  | { kind: 'delivered' }
  /** Once more after a while; `holdMs`: until then nothing else is sent there, either. */
  | { kind: 'again'; afterMs: number; holdMs?: number }
  /** Never again by itself; `disable`: nor anything else to this channel. */
  | { kind: 'dead'; disable?: 'gone' | 'failing' }

/** What follows from an attempt. Redirects are failures: a secret payload goes only where its owner has said. */
export function consequence(answer: Answer, circumstances: Circumstances): Consequence {
  if (answer.kind === 'answer' && answer.status >= 200 && answer.status < 300) return { kind: 'delivered' }
  if (answer.kind === 'answer' && answer.status === 410) return { kind: 'dead', disable: 'gone' }
  const { failingForMs, clockSpeed } = circumstances
  if (failingForMs >= GIVE_UP_AFTER_MS / clockSpeed) return { kind: 'dead', disable: 'failing' }
  return laterOrNever(answer, circumstances)
}

function laterOrNever(answer: Answer, { tries, slowDowns, chance, clockSpeed }: Circumstances): Consequence {
  const usual = waitBefore(tries, chance)
  if (usual === undefined) return { kind: 'dead' }
  const asked = answer.kind === 'answer' ? answer.retryAfterMs : undefined
  const afterMs = Math.max(usual / clockSpeed, asked ?? 0)
  if (answer.kind === 'fault' || !OVERLOADED.has(answer.status)) return { kind: 'again', afterMs }
  const doubling = Math.min(FIRST_HOLD_MS * 2 ** slowDowns, LONGEST_HOLD_MS) / clockSpeed
  return { kind: 'again', afterMs, holdMs: Math.max(doubling, asked ?? 0) }
}

/** The wait after that many attempts, give or take a fifth; undefined after the last. */
export function waitBefore(tries: number, chance: number): number | undefined {
  const wait = WAITS_MS[tries]
  return wait === undefined ? undefined : Math.round(wait * (1 + JITTER * (2 * chance - 1)))
}
