import type { FetchFault } from '../domain/fetch/fault.ts'
import { headerValues } from '../domain/fetch/header-values.ts'
import { retryAfterMs } from '../domain/fetch/retry-after.ts'
import { registrableDomain } from '../domain/url/registrable-domain.ts'
import type { HopOutcome } from '../net/download.ts'
import type { Platform } from './platform.ts'
import { Refusal } from './problem.ts'

/** What a caller that waits for its answer (scrape, map, login) asks of a site's line. */
export interface TurnRequest {
  url: string
  ignoreRobots: boolean
  /** Least milliseconds between two starts on the origin, where the caller goes slower than the site wishes. */
  gapMs?: number | null
  /** Epoch milliseconds; waiting for the turn counts. */
  deadline: number
}

/** The site has no turn in time; none was taken. */
export class NoTurnYet extends Refusal {
  /** Epoch milliseconds: when there will be one. */
  readonly startAt: number

  constructor(startAt: number) {
    super(422, 'timeout', 'The site is being crawled slowly, at its own wish; no turn was free in time.')
    this.startAt = startAt
  }
}

/** A page that can't be had, told by the fault's own code. */
export function unavailable(code: FetchFault, detail: string): Refusal {
  return new Refusal(422, code, detail)
}

/**
 * Waits for a start on the URL's origin, in the same line as every crawl of its site. `robots-needed`: the turn is for its
 * robots.txt, which nobody knows yet. Refused where robots.txt forbids the URL or can't be had, and where no turn is free
 * in time.
 */
export async function takeTurn(platform: Platform, request: TurnRequest): Promise<'granted' | 'robots-needed'> {
  const { url, ignoreRobots, gapMs = null, deadline } = request
  const { host } = new URL(url)
  const frontier = platform.frontier(registrableDomain(url))
  const slot = await frontier.slot({ url, ignoreRobots, gapMs, notAfter: deadline })
  if (slot.kind === 'disallowed')
    throw unavailable('robots_disallowed', `robots.txt of ${host} forbids it: ${slot.rule}`)
  if (slot.kind === 'unreachable') throw unavailable(slot.fault, slot.detail ?? `robots.txt of ${host} can't be had.`)
  if (slot.kind === 'later' || slot.startAt >= deadline) throw new NoTurnYet(slot.startAt)
  const waitMs = slot.startAt - platform.now().getTime()
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
  return slot.kind
}

/** Tells the site's line of an answer that asks for a rest (429, 503; `Retry-After` by RFC 9110 §10.2.3). */
export async function noteSlowDown(
  platform: Platform,
  url: string,
  { status, headers }: Pick<HopOutcome & { kind: 'response' }, 'status' | 'headers'>,
): Promise<void> {
  if (status !== 429 && status !== 503) return
  const wait = retryAfterMs(headerValues(headers, 'retry-after')[0] ?? null, platform.now().getTime())
  await platform.frontier(registrableDomain(url)).slowDown(new URL(url).origin, wait)
}
