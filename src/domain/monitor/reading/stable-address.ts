import { withoutPathSession, withoutTransientParameters } from '../../url/transient-parameters.ts'

/** Parameters that are made anew for every visitor, by their names; a cache breaker has a number or a hash for its value. */
const NONCE =
  /^(?:_|nonce|_?csrf(?:_?token)?|_token|authenticity_token|requesttoken|__requestverificationtoken|state|ts|timestamp|rand(?:om)?|cb|cachebuster|_t|token|sig(?:nature)?|expires|hash)$/i
const ROLLED = /^(?:\d{6,}|[0-9a-f]{8,}|[\w-]{16,}={0,2}|0?\.\d+)$/i

/** An address as written, less what is another at every visit: session ids, nonces, tracking, cache breakers. */
export function stableAddress(href: string): string {
  const [whole = '', fragment] = href.split('#', 2)
  const mark = whole.indexOf('?')
  const path = withoutPathSession(mark === -1 ? whole : whole.slice(0, mark))
  const kept = mark === -1 ? '' : withoutTransientParameters(whole.slice(mark + 1).replaceAll('&amp;', '&'))
  const pairs = kept.split('&').filter((pair) => pair !== '' && !isNonce(pair))
  const query = pairs.length === 0 ? '' : `?${pairs.join('&')}`
  return `${path}${query}${fragment === undefined || fragment === '' ? '' : `#${fragment}`}`
}

function isNonce(pair: string): boolean {
  const [name = '', value = ''] = pair.split('=', 2)
  return NONCE.test(name) && ROLLED.test(value)
}
