import type { Context } from 'hono'
import type { LedgerRpc } from '../../src/contracts/ledger.ts'
import type { ApiTypes } from './context.ts'

/** The subprotocol of our WebSockets; it may be left out. */
const SUBPROTOCOL = 'lapis'

/** RFC 6455 §4.2.1: a GET that asks for a WebSocket. */
export function isHandshake(c: Context<ApiTypes>): boolean {
  return c.req.method === 'GET' && c.req.header('upgrade')?.toLowerCase() === 'websocket'
}

/**
 * A browser can't give a WebSocket an Authorization header, and what is in a URL ends up in logs: the key may be offered
 * as a second subprotocol, `new WebSocket(url, ['lapis', key])`. The answer selects the first one only.
 */
export function keyOfHandshake(c: Context<ApiTypes>): string | undefined {
  const [first, key] = offered(c)
  return first === SUBPROTOCOL ? key : undefined
}

/** Hands a handshake on to the ledger, without the key. */
export function eventSocket(c: Context<ApiTypes>, ledger: LedgerRpc, after: number): Promise<Response> {
  const headers = new Headers({ upgrade: 'websocket' })
  if (offered(c).includes(SUBPROTOCOL)) headers.set('sec-websocket-protocol', SUBPROTOCOL)
  return ledger.fetch(new Request(`https://crawl-ledger/events?after=${after}`, { headers }))
}

function offered(c: Context<ApiTypes>): string[] {
  return (c.req.header('sec-websocket-protocol') ?? '').split(',').map((name) => name.trim())
}
