import { headerValues } from './header-values.ts'

/** What a site gave to ask with whether its page is still the same (RFC 9110 §8.8), as received. */
export interface Validators {
  etag: string | null
  lastModified: string | null
}

/** Longer ones are kept by nobody; and what is no printable ASCII would not come back as it was sent. */
const KEEPABLE = /^[\u0020-\u007E]{1,1000}$/

export function validatorsOf(headers: Iterable<readonly [string, string]>): Validators {
  const all = [...headers]
  const value = (name: string) => headerValues(all, name).find((each) => KEEPABLE.test(each)) ?? null
  return { etag: value('etag'), lastModified: value('last-modified') }
}

/** RFC 9110 §13.1.3: both are sent; who understands If-None-Match ignores the date. */
export function conditionalHeaders({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  }
}

/** RFC 9111 §3.2: what tells of the stored body itself is not touched by a 304. */
const OF_THE_BODY: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'transfer-encoding',
])

/** The headers of a stored response after a 304 (RFC 9111 §3.2): what it names replaces what was stored. */
export function freshened(
  stored: Iterable<readonly [string, string]>,
  received: Iterable<readonly [string, string]>,
): [string, string][] {
  const news = [...received].filter(([name]) => !OF_THE_BODY.has(name.toLowerCase()))
  const named = new Set(news.map(([name]) => name.toLowerCase()))
  const kept = [...stored].filter(([name]) => !named.has(name.toLowerCase()))
  return [...kept, ...news].map(([name, value]) => [name, value])
}
