import type { FetchFault } from '../domain/fetch/fault.ts'
import { registrableDomain } from '../domain/url/registrable-domain.ts'
import { ROBOTS_TIMEOUT_MS, fetchRobots } from './crawl/fetch-robots.ts'
import type { Platform } from './platform.ts'
import { Refusal } from './problem.ts'

/** The site has no turn for it in time; none was taken. */
export class NoTurnYet extends Refusal {
  /** Epoch milliseconds: when there will be one. */
  readonly startAt: number

  constructor(startAt: number) {
    super(422, 'timeout', 'The site is being crawled slowly, at its own wish; no turn was free in time.')
    this.startAt = startAt
  }
}

export interface TurnWish {
  url: string
  /** Epoch milliseconds; waiting counts. */
  deadline: number
  ignoreRobots?: boolean
  /** Least milliseconds between two starts on the origin; null: what the site wishes. */
  gapMs?: number | null
}

/** Waits for a start on the URL's origin, fetching its robots.txt first where nobody knows it. Refuses with the fault as the code. */
export async function takeTurn(platform: Platform, wish: TurnWish): Promise<Date> {
  const { url, deadline, ignoreRobots = false, gapMs = null } = wish
  const frontier = platform.frontier(registrableDomain(url))
  for (;;) {
    const slot = await frontier.slot({ url, ignoreRobots, gapMs, notAfter: deadline })
    if (slot.kind === 'disallowed')
      throw unavailable('robots_disallowed', `robots.txt of ${new URL(url).host} forbids it: ${slot.rule}`)
    if (slot.kind === 'unreachable')
      throw unavailable(slot.fault, slot.detail ?? `robots.txt of ${new URL(url).host} can't be had.`)
    if (slot.kind === 'later' || slot.startAt >= deadline) throw new NoTurnYet(slot.startAt)
    await sleepUntil(slot.startAt, platform.now().getTime())
    if (slot.kind === 'granted') return platform.now()
    const { origin } = new URL(url)
    const left = Math.max(1, deadline - platform.now().getTime())
    const robots = await fetchRobots(platform, origin, Math.min(left, ROBOTS_TIMEOUT_MS))
    const tooLate = platform.now().getTime() >= deadline
    // Who had little time must not decide for everybody else that there are no rules to be had.
    if (!tooLate || robots.kind !== 'unreachable') await frontier.robotsFetched(origin, robots)
    if (tooLate) throw unavailable('timeout', `robots.txt of ${origin} did not come in time.`)
  }
}

function sleepUntil(at: number, now: number): Promise<void> {
  return at <= now ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, at - now))
}

function unavailable(code: FetchFault, detail: string): Refusal {
  return new Refusal(422, code, detail)
}
