import { normalisePercentEncoding } from '../url/percent-encoding.ts'

/** Everything but visible ASCII: such octets are compared percent-encoded (RFC 9309 §2.2.2). */
const NEEDS_ESCAPE = /[^\x21-\x7e]/
const NEEDS_ESCAPE_EACH = /[^\x21-\x7e]+/g

/** A pattern as robots.txt writes it, in the encoding that `pathOf` gives URLs. */
export function pathPatternOf(written: string): string {
  return normalisePercentEncoding(escaped(written))
}

/** What rules are matched against: path and query of a URL. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return normalisePercentEncoding(escaped(pathname + search))
}

function escaped(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text
  return text.replace(NEEDS_ESCAPE_EACH, (run) => encodeURIComponent(run.toWellFormed()))
}

/**
 * Whether a pattern matches a path from its start: `*` stands for anything, a `$` at the end for the end.
 *
 * Each piece between stars is taken at its first place after the piece before, which finds a match whenever there is
 * one and never goes back: time grows with the path, not with the ways to split it.
 */
export function matches(pattern: string, path: string): boolean {
  const toTheEnd = pattern.endsWith('$')
  const pieces = (toTheEnd ? pattern.slice(0, -1) : pattern).split('*')
  const first = pieces[0] ?? ''
  if (!path.startsWith(first)) return false
  if (pieces.length === 1) return !toTheEnd || path.length === first.length
  const last = toTheEnd ? (pieces.pop() ?? '') : ''
  const end = placeAll(pieces, path)
  return end !== -1 && (!toTheEnd || (path.length - last.length >= end && path.endsWith(last)))
}

/** Where the last piece ends when each is put at its first place behind the one before; -1 when one has no place. */
function placeAll(pieces: readonly string[], path: string): number {
  let at = 0
  for (const piece of pieces) {
    const place = path.indexOf(piece, at)
    if (place === -1) return -1
    at = place + piece.length
  }
  return at
}
