import { registrableDomain } from '../domain/url/registrable-domain.ts'
import { ROBOTS_TIMEOUT_MS, fetchRobots } from './crawl/fetch-robots.ts'
import type { Platform } from './platform.ts'
import { type TurnRequest, takeTurn, unavailable } from './turn.ts'

/**
 * Waits for a page's turn, fetching its origin's robots.txt first where nobody knows it; says when it came. Refused as `takeTurn`
 * is. Maps, which need the rules and not only a turn, do this in `map/polite-fetch.ts`.
 */
export async function startInTurn(platform: Platform, request: TurnRequest): Promise<Date> {
  const { url, deadline } = request
  const { origin } = new URL(url)
  while ((await takeTurn(platform, request)) === 'robots-needed') {
    const left = Math.max(1, deadline - platform.now().getTime())
    const robots = await fetchRobots(platform, origin, Math.min(left, ROBOTS_TIMEOUT_MS))
    const tooLate = platform.now().getTime() >= deadline
    // Who had little time must not decide for everybody else that there are no rules to be had.
    if (!tooLate || robots.kind !== 'unreachable')
      await platform.frontier(registrableDomain(url)).robotsFetched(origin, robots)
    if (tooLate) throw unavailable('timeout', `robots.txt of ${origin} did not come in time.`)
  }
  return platform.now()
}
