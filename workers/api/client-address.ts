import type { Context } from 'hono'
import { type Cidr, inCidr, parseAddress } from '../../src/domain/fetch/cidr.ts'
import type { CallOrigin } from '../../src/flows/identity/call-origin.ts'
import type { ApiTypes } from './context.ts'

/** What an audit log needs of a User-Agent, and no more than a caller may make us keep. */
const MAX_USER_AGENT_CHARACTERS = 300

export function callOrigin(c: Context<ApiTypes>): CallOrigin {
  const peer = beforeProxies(peerAddress(c), c.req.header('x-forwarded-for'), c.get('config').trustedProxies)
  const userAgent = c.req.header('user-agent')?.slice(0, MAX_USER_AGENT_CHARACTERS) ?? null
  return { address: bare(peer), network: network(peer), userAgent }
}

/**
 * The address that a request comes from. Under workerd itself it is the peer, which workerd puts into `cf.clientIp`; a header may say
 * anything there. Cloudflare's edge has no `clientIp` and sets CF-Connecting-IP itself.
 */
function peerAddress(c: Context<ApiTypes>): string {
  const cf: Record<string, unknown> | undefined = c.req.raw.cf
  const peer = cf?.['clientIp']
  return typeof peer === 'string' ? peer : (c.req.header('cf-connecting-ip') ?? 'unknown')
}

/**
 * Whom a trusted proxy speaks for. Each proxy appends whom it heard, so the list is read from its end, as far as those who wrote
 * it are trusted; what stands before that anybody may have made up.
 */
function beforeProxies(peer: string, forwardedFor: string | undefined, trusted: readonly Cidr[]): string {
  if (trusted.length === 0 || forwardedFor === undefined) return peer
  let client = peer
  for (const hop of forwardedFor.split(',').toReversed()) {
    if (!isTrusted(client, trusted) || !parseAddress(bare(hop.trim()))) return client
    client = hop.trim()
  }
  return client
}

function isTrusted(peer: string, trusted: readonly Cidr[]): boolean {
  const address = parseAddress(bare(peer))
  return address !== undefined && trusted.some((cidr) => inCidr(address, cidr))
}

/** Without the port and the brackets that may be around it. */
function bare(address: string): string {
  const [ipv4] = /(?:\d+\.){3}\d+/.exec(address) ?? []
  return ipv4 ?? address.replace(/^\[(.*)\].*$/, '$1').toLowerCase()
}

/** One IPv6 customer has a /64 at least, and could come from anywhere in it (RFC 6177). */
function network(address: string): string {
  const plain = bare(address)
  if (plain.includes('.')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const known = tail === undefined ? groups : [...groups, '0', '0', '0', '0']
  return known.slice(0, 4).join(':')
}
