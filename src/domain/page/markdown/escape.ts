const MAY_NEED_ESCAPE = /[\\`*_[\]<&~]/

/**
 * Escapes what Markdown (CommonMark 0.31, GFM) would take for markup in running text, and only that: `snake_case`, `2 * 3`,
 * `[1]` and `a < b` stay as they are. What matters at the start of a line is `escapeLineStart`'s. `next` is the character
 * that follows the text.
 */
export function escapeText(text: string, inLink: boolean, next = ''): string {
  if (!MAY_NEED_ESCAPE.test(text)) return text
  const tildes = text.indexOf('~') !== text.lastIndexOf('~')
  return text.replace(/[\\`*_[\]<&~]/g, (mark: string, at: number) => {
    const before = text[at - 1] ?? ''
    const after = text[at + 1] ?? next
    return needsEscape({ mark, before, after, rest: text, at, inLink, tildes }) ? `\\${mark}` : mark
  })
}

interface Mark {
  mark: string
  before: string
  after: string
  rest: string
  at: number
  inLink: boolean
  tildes: boolean
}

const WORD = /[\p{L}\p{N}]/u
const LABEL_LENGTH = 400

function needsEscape({ mark, before, after, rest, at, inLink, tildes }: Mark): boolean {
  switch (mark) {
    case '`':
      return true
    case '\\':
      return after === '' || /[!-/:-@[-`{-~]/.test(after)
    case '*':
      return !(/^\s$/.test(before) && /^\s$/.test(after))
    case '_':
      return !(WORD.test(before) && WORD.test(after)) && !(/^\s$/.test(before) && /^\s$/.test(after))
    case '[':
      return inLink || opensLink(rest.slice(at, at + LABEL_LENGTH))
    case ']':
      return inLink
    case '<':
      return /[a-z/!?]/i.test(after)
    case '&':
      return /^&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i.test(rest.slice(at, at + 36))
    default:
      return tildes
  }
}

/** Whether the bracket that it starts with would end before an address, or at the end, where one may follow. */
function opensLink(text: string): boolean {
  let open = 0
  for (const [mark = '', next] of text.matchAll(/[[\]](?=(.?))/gs)) {
    if (mark === '[') open++
    // The bracket inside is escaped for that reason, so this one would end ours.
    else if (next === '' || next === '(' || next === '[' || next === ':') return true
    else if (--open === 0) return false
  }
  return false
}

const LINE_START =
  /^(?:(#{1,6})(?=\s|$)|(>)|([-+*])(?=\s|$)|(\d{1,9})([.)])(?=\s|$)|(=+\s*$)|([-_*](?:\s*[-_*]){2,}\s*$)|(~~~))/

/** Escapes what would begin a heading, quote, list, rule or fence at the start of a paragraph's line. */
export function escapeLineStart(line: string): string {
  const found = LINE_START.exec(line)
  if (!found) return line
  const [, , , , digits] = found
  return digits === undefined ? `\\${line}` : `${digits}\\${line.slice(digits.length)}`
}

/** A URL as a link's destination: what would end it early is percent-encoded (CommonMark §6.3). */
export function destination(url: string): string {
  return url.replace(/[\s\x00-\x1f()<>\\]/g, (character) => PERCENT[character] ?? encodeURIComponent(character))
}

const PERCENT: { [character: string]: string } = { '(': '%28', ')': '%29', '<': '%3C', '>': '%3E', '\\': '%5C' }
