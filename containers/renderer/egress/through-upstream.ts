import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import type { Refusal, Target, Way, WayOut } from './way-out.ts'
import { REFUSAL_HEADER } from './refusal.ts'

export interface Upstream {
  host: string
  port: number
  token: string
}

/** Beyond what the upstream itself takes to try a target's addresses. */
const ANSWER_WITHIN_MS = 30_000

/**
 * Out through another egress proxy, which looks up and judges: for a renderer whose network leads nowhere else. What is
 * wrong with the upstream itself is said once each, since a page only sees that nothing can be reached.
 */
export function throughUpstream(upstream: Upstream, say: (line: string) => void): WayOut {
  const said = new Set<string>()
  const complain = (what: string): void => {
    if (!said.has(what)) say(`The egress proxy at ${upstream.host}:${upstream.port} ${what}`)
    said.add(what)
  }
  return async (target) => {
    const way = await ask(upstream, target)
    if (way === undefined) complain('(LAPIS_EGRESS) does not answer: pages reach nothing.')
    else if ('refused' in way && way.refused === 'unauthorized')
      complain('refuses this renderer: both need the same LAPIS_RENDERER_TOKEN.')
    return way ?? { refused: 'connection_failed' }
  }
}

/** Undefined where the upstream can't be asked. */
function ask(upstream: Upstream, { host, port }: Target): Promise<Way | undefined> {
  return new Promise((resolve) => {
    const asking = request({
      host: upstream.host,
      port: upstream.port,
      method: 'CONNECT',
      path: `${host.includes(':') ? `[${host}]` : host}:${port}`,
      headers: { 'proxy-authorization': `Bearer ${upstream.token}` },
      timeout: ANSWER_WITHIN_MS,
    })
    asking.once('connect', (answer, socket: Socket, head) => {
      socket.on('error', () => socket.destroy())
      if (answer.statusCode !== 200) {
        socket.destroy()
        return resolve({ refused: refusalIn(answer) })
      }
      socket.setTimeout(0)
      if (head.byteLength > 0) socket.unshift(head)
      resolve({ socket })
    })
    asking.once('timeout', () => asking.destroy())
    asking.once('error', () => resolve(undefined))
    asking.end()
  })
}

function refusalIn({ headers }: IncomingMessage): Refusal {
  return (headers[REFUSAL_HEADER] as Refusal | undefined) ?? 'connection_failed'
}
