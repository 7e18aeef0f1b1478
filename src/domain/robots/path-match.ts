import { normalisePercentEncoding } from '../url/percent-encoding.ts'

/** All but the unreserved and reserved characters of RFC 3986; `'`, which the URL parser encodes in queries only. */
const NEEDS_ESCAPE = /[^A-Za-z0-9\-._~:/?#[\]@!$&()*+,;=%]+/g

/** Characters that mean something in a pattern stand in URLs for themselves (RFC 9309 §2.2.3). */
const LITERAL_STAR_OR_DOLLAR = /[*$]/g
const DOLLAR_INSIDE = /\$(?!$)/g

/**
 * A pattern as robots.txt writes it, in the encoding that `pathOf` gives URLs. One that does not start at the root is
 * none by the standard's grammar; it is read as if it did, which is the cautious side.
 */
export function pathPatternOf(written: string): string {
  const rooted = /^[/*$]/.test(written) ? written : `/${written}`
  return encoded(rooted).replace(DOLLAR_INSIDE, '%24')
}

/** What rules are matched against: path and query of a URL. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return encoded(pathname + search).replace(LITERAL_STAR_OR_DOLLAR, (mark) => (mark === '*' ? '%2A' : '%24'))
}

function encoded(text: string): string {
  return normalisePercentEncoding(text.replace(NEEDS_ESCAPE, percentEncoded))
}

function percentEncoded(run: string): string {
  return encodeURIComponent(run.toWellFormed()).replaceAll("'", '%27')
}

/**
 * Whether a pattern matches a path from its start: `*` stands for anything, a `$` at the end for the end.
 *
 * Each piece between stars is taken at its first place behind the piece before, which finds a match whenever there is
 * one and never goes back: time grows with the path, not with the ways to split it.
 */
export function matches(pattern: string, path: string): boolean {
  const star = pattern.indexOf('*')
  const toTheEnd = pattern.endsWith('$')
  const head = pattern.slice(0, star === -1 ? pattern.length - Number(toTheEnd) : star)
  if (!path.startsWith(head)) return false
  if (star === -1) return !toTheEnd || path.length === head.length
  const pieces = pattern.slice(star + 1, pattern.length - Number(toTheEnd)).split('*')
  const last = toTheEnd ? (pieces.pop() ?? '') : ''
  const end = endOfPieces(pieces, path, head.length)
  return end !== -1 && path.length - last.length >= end && path.endsWith(last)
}

/** Where the last piece ends when each is put at its first place behind the one before; -1 when one has no place. */
function endOfPieces(pieces: readonly string[], path: string, from: number): number {
  let at = from
  for (const piece of pieces) {
    const place = path.indexOf(piece, at)
    if (place === -1) return -1
    at = place + piece.length
  }
  return at
}
