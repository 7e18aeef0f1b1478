import { normalisePercentEncoding } from './percent-encoding.ts'
import { mayCarryTransientParameters, withoutPathSession, withoutTransientParameters } from './transient-parameters.ts'

export type UrlVerdict = { ok: true; url: string } | { ok: false; reason: 'invalid_url' | 'unsupported_scheme' }

export interface CanonicalUrlOptions {
  /** Drops the whole query: for sites whose parameters never change what a page shows. */
  ignoreQueryParameters?: boolean
  /** Sorts the parameters by their text. Off by default: to some servers order means something. */
  sortQueryParameters?: boolean
}

const HOST_NAME = '(?:[a-z0-9-]+\\.)+[a-z]{2,}'
const DECIMAL_OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const PORT = '(?::(?!80/|443/)[1-5]?[1-9]\\d{0,3})?'
const PATH = "/[A-Za-z0-9\\-._~!$&'()*+,=:@/]*"
const QUERY = '(?:\\?[A-Za-z0-9\\-._~!$&()*+,;=:@/?]+)?'
/** What most links of a crawl look like. A URL of this shape comes out of the parser as it went in. */
const PLAIN = new RegExp(`^https?://(?:${HOST_NAME}|${DECIMAL_OCTET}(?:\\.${DECIMAL_OCTET}){3})${PORT}${PATH}${QUERY}$`)

/** May start a segment that the parser resolves, in either of its spellings. */
const DOT_SEGMENT = /\/(?:\.|%2e)/i
/** Longest that a Worker can fetch. Longer text is not even parsed: pages hold links of megabytes. */
const MAX_HREF_LENGTH = 16_384

/**
 * The one spelling under which a crawl knows a page: parsed as browsers do (WHATWG URL), http(s) only, without userinfo,
 * fragment, default port, trailing dot of the host, tracking parameters and session ids; escapes normalised.
 * Canonical URLs map to themselves. The query's order is kept unless asked otherwise.
 */
export function canonicalUrl(href: string, base?: string, options: CanonicalUrlOptions = {}): UrlVerdict {
  if (href.length > MAX_HREF_LENGTH) return { ok: false, reason: 'invalid_url' }
  if (isPlain(href, options)) return { ok: true, url: href }
  const url = URL.parse(href, base)
  if (!url) return { ok: false, reason: 'invalid_url' }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { ok: false, reason: 'unsupported_scheme' }
  const host = canonicalHost(url)
  if (host === '') return { ok: false, reason: 'invalid_url' }
  return { ok: true, url: `${url.protocol}//${host}${canonicalPath(url)}${canonicalQuery(url.search, options)}` }
}

function isPlain(href: string, options: CanonicalUrlOptions): boolean {
  if (!PLAIN.test(href) || href.includes('/.')) return false
  if (!href.includes('?')) return true
  if (options.ignoreQueryParameters || options.sortQueryParameters) return false
  return !mayCarryTransientParameters(href)
}

function canonicalHost(url: URL): string {
  if (!url.hostname.endsWith('.')) return url.host
  // The setter parses anew: what is a name with a dot (`0x7f.1..`) can be an address without it.
  url.hostname = url.hostname.replace(/\.+$/, '')
  return url.hostname.endsWith('.') ? '' : url.host
}

function canonicalPath(url: URL): string {
  return settled(url.pathname, (path) => {
    const clean = withoutPathSession(normalisePercentEncoding(path))
    if (clean === path || !DOT_SEGMENT.test(clean)) return clean
    // Without its session id a segment can turn out to be `..`, which only the parser resolves.
    url.pathname = clean
    return url.pathname
  })
}

function canonicalQuery(search: string, options: CanonicalUrlOptions): string {
  if (search.length < 2 || options.ignoreQueryParameters) return ''
  const query = settled(search.slice(1), (text) => withoutTransientParameters(normalisePercentEncoding(text)))
  const ordered = options.sortQueryParameters ? query.split('&').sort().join('&') : query
  return ordered === '' ? '' : `?${ordered}`
}

/** What is taken away can have held the stray `%` that kept the rest from being normalised: one pass is not always enough. */
function settled(text: string, pass: (text: string) => string): string {
  const next = pass(text)
  return next === text ? text : settled(next, pass)
}
