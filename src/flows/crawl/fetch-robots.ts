import type { RobotsOutcome } from '../../contracts/frontier.ts'
import { redirectTarget } from '../../domain/fetch/redirect.ts'
import { ROBOTS_MAX_BYTES, ROBOTS_PATH } from '../../domain/robots/robots.ts'
import { fetchHop } from '../fetch-hop.ts'
import type { Platform } from '../platform.ts'

/** For all hops together. */
export const ROBOTS_TIMEOUT_MS = 20_000
/** RFC 9309 §2.3.1.2: at least five consecutive redirects are followed, even across authorities. */
const MAX_ROBOTS_REDIRECTS = 5

/** What an origin's robots.txt says, as RFC 9309 §2.3.1 sorts the answers. */
export async function fetchRobots(
  platform: Platform,
  origin: string,
  timeoutMs = ROBOTS_TIMEOUT_MS,
): Promise<RobotsOutcome> {
  const deadline = platform.now().getTime() + timeoutMs
  let url = `${origin}${ROBOTS_PATH}`
  for (let hops = 0; hops <= MAX_ROBOTS_REDIRECTS; hops++) {
    const hop = await fetchHop(platform, {
      url,
      headers: {},
      timeoutMs: Math.max(1, deadline - platform.now().getTime()),
      maxBytes: ROBOTS_MAX_BYTES,
      readableOnly: false,
      cut: true,
    })
    if (hop.kind === 'fault') return { kind: 'unreachable', fault: hop.fault, detail: hop.detail }
    if (hop.kind === 'response') return answered(hop.status, hop.body)
    const target = redirectTarget(hop.status, hop.location, url)
    if (!target.ok) return { kind: 'absent', status: hop.status }
    url = target.url
  }
  // RFC 9309 §2.3.1.2: after more than five redirects the file may be taken as unavailable, which allows everything.
  return { kind: 'absent', status: 310 }
}

function answered(status: number, body: Uint8Array): RobotsOutcome {
  if (status >= 500 || status === 429) return { kind: 'unreachable', fault: 'http_error', status }
  if (status >= 400) return { kind: 'absent', status }
  return { kind: 'body', text: new TextDecoder().decode(body) }
}
