import type { Context } from 'hono'
import type { ApiTypes } from './context.ts'

/**
 * Where a request comes from. Under workerd itself it is the peer, which workerd puts into `cf.clientIp`; a header may say
 * anything there. Cloudflare's edge has no `clientIp` and sets CF-Connecting-IP itself.
 */
export function clientAddress(c: Context<ApiTypes>): string {
  const cf: Record<string, unknown> | undefined = c.req.raw.cf
  const peer = cf?.['clientIp']
  const address = typeof peer === 'string' ? peer : (c.req.header('cf-connecting-ip') ?? 'unknown')
  return network(address)
}

/** One IPv6 customer has a /64 at least, and could come from anywhere in it (RFC 6177). */
function network(address: string): string {
  const [ipv4] = /(?:\d+\.){3}\d+/.exec(address) ?? []
  if (ipv4 !== undefined) return ipv4
  const [head = '', tail] = address
    .replace(/^\[(.*)\].*$/, '$1')
    .toLowerCase()
    .split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const known = tail === undefined ? groups : [...groups, '0', '0', '0', '0']
  return known.slice(0, 4).join(':')
}
