import { redirectTarget } from '../../domain/fetch/redirect.ts'
import { productTokenOf } from '../../domain/robots/product-token.ts'
import { type Robots, robotsFor, standing } from '../../domain/robots/robots.ts'
import { registrableDomain } from '../../domain/url/registrable-domain.ts'
import type { HopOutcome } from '../../net/download.ts'
import { fetchRobots } from '../crawl/fetch-robots.ts'
import { fetchHop } from '../fetch-hop.ts'
import type { Platform } from '../platform.ts'
import { noteSlowDown, takeTurn, unavailable } from '../turn.ts'

const MAX_REDIRECTS = 5

export type Fetched = HopOutcome & { kind: 'response' } & { url: string }

/**
 * Fetches for one map: each request waits in its origin's line, and knows its robots.txt. Refusals are scrape's. It has a loop of
 * its own beside `startInTurn`: thousands of links are judged by the rules themselves, which the site's line gives to nobody, so
 * that a map reads robots.txt first; once read, to be asked for it again by the line is as good as a turn.
 */
export class PoliteFetch {
  readonly #platform: Platform
  /** Epoch milliseconds; waiting for a turn counts. */
  readonly #deadline: number
  readonly #robots = new Map<string, Robots>()

  constructor(platform: Platform, deadline: number) {
    this.#platform = platform
    this.#deadline = deadline
  }

  /** false: a robots.txt that was read forbids it. Of origins that were not asked nothing is known. */
  allows(url: string): boolean {
    const robots = this.#robots.get(new URL(url).origin)
    const { userAgent } = this.#platform.net
    return robots === undefined || standing(robots, productTokenOf(userAgent) ?? userAgent, url).allowed
  }

  async robots(origin: string): Promise<Robots> {
    const known = this.#robots.get(origin)
    if (known) return known
    const url = `${origin}/robots.txt`
    await this.#startInTurn(url, true)
    const outcome = await this.#inTime(fetchRobots(this.#platform, origin))
    await this.#platform.frontier(registrableDomain(url)).robotsFetched(origin, outcome)
    if (outcome.kind === 'unreachable') {
      const fault = outcome.fault === 'http_error' ? 'robots_unreachable' : outcome.fault
      throw unavailable(fault, outcome.detail ?? `${url} can't be had.`)
    }
    const robots = robotsFor(outcome)
    this.#robots.set(origin, robots)
    return robots
  }

  async get(start: string, wish: { maxBytes: number; readableOnly: boolean }): Promise<Fetched> {
    let url = start
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      await this.robots(new URL(url).origin)
      await this.#startInTurn(url, false)
      const hop = await fetchHop(this.#platform, { url, headers: {}, timeoutMs: Math.max(1, this.#left()), ...wish })
      if (hop.kind === 'fault') throw unavailable(hop.fault, hop.detail)
      if (hop.kind === 'response') {
        await noteSlowDown(this.#platform, url, hop)
        return { ...hop, url }
      }
      const target = redirectTarget(hop.status, hop.location, url)
      if (!target.ok) throw unavailable('invalid_redirect', `${url} redirects nowhere: ${target.reason}.`)
      url = target.url
    }
    throw unavailable('too_many_redirects', `More than ${MAX_REDIRECTS} redirects from ${start}.`)
  }

  async #startInTurn(url: string, ignoreRobots: boolean): Promise<void> {
    // robots-needed is a turn as well: the file was read for this map, however old the frontier finds it by now.
    await takeTurn(this.#platform, { url, ignoreRobots, deadline: this.#deadline })
    if (!ignoreRobots && !this.allows(url)) throw unavailable('robots_disallowed', `robots.txt forbids ${url}.`)
  }

  async #inTime<Outcome>(work: Promise<Outcome>): Promise<Outcome> {
    const outcome = await Promise.race([work, pause(Math.max(1, this.#left()))])
    if (outcome === undefined) throw unavailable('timeout', 'robots.txt did not come in time.')
    return outcome
  }

  #left(): number {
    return this.#deadline - this.#platform.now().getTime()
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
