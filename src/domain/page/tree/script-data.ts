/**
 * Whether a script stands in a comment, and there in a script that it writes: `<!-- document.write('<script></script>')`.
 * The end tag of the inner one ends nothing.
 */
export type Escape = 'none' | 'escaped' | 'double escaped'

const MARKER = /<!--|-->|<script(?=[\t\n\f\r />])/gi
/** Characters of a marker, and the one after it. */
export const LONGEST_MARKER = '<script>'.length

/** The state after the part of a text from `from` to `to`, by the markers that begin in it (HTML standard §13.2.5.18 to 30). */
export function escapeAfter(before: Escape, text: string, from: number, to: number): Escape {
  if (before === 'none' && !text.slice(from, to + LONGEST_MARKER).includes('<!--')) return before
  let escape = before
  MARKER.lastIndex = from
  for (let found = MARKER.exec(text); found && found.index < to; found = MARKER.exec(text)) {
    const [marker] = found
    if (marker === '-->') escape = 'none'
    else if (marker !== '<!--') escape = escape === 'none' ? 'none' : 'double escaped'
    else {
      if (escape === 'none') escape = 'escaped'
      // Its dashes may be those that end it: `<!-->`.
      MARKER.lastIndex = found.index + 2
    }
  }
  return escape
}
