/**
 * Inline content on its way to Markdown: text with marks in it for what opens and closes, so that a paragraph is one string
 * until the end. The marks are control characters: they mean nothing in a text (`withoutControls` takes them out of it), and
 * unlike others don't make it take two bytes a character.
 */
export const MARK = {
  strongOpen: '\x01',
  strongClose: '\x02',
  emphasisOpen: '\x03',
  emphasisClose: '\x04',
  strikeOpen: '\x05',
  strikeClose: '\x06',
  linkOpen: '\x07',
  linkClose: '\x08',
  break: '\x0e',
  /** Ends the destination that follows `linkClose`. */
  linkEnd: '\x0f',
} as const

const ANY_CONTROL = /[\x01-\x08\x0e-\x1f]/
const EVERY_CONTROL = new RegExp(ANY_CONTROL, 'g')
/** A mark, the closing one of a link with its destination. */
const MARKS = /(\x08[^\x0f]*\x0f|[\x01-\x07\x0e])/

export function withoutControls(text: string): string {
  return ANY_CONTROL.test(text) ? text.replace(EVERY_CONTROL, '') : text
}

const DELIMITER: { [mark: string]: string } = {
  [MARK.strongOpen]: '**',
  [MARK.strongClose]: '**',
  [MARK.emphasisOpen]: '*',
  [MARK.emphasisClose]: '*',
  [MARK.strikeOpen]: '~~',
  [MARK.strikeClose]: '~~',
  [MARK.linkOpen]: '[',
}

const CLOSE_OF: { [mark: string]: string } = {
  [MARK.strongOpen]: MARK.strongClose,
  [MARK.emphasisOpen]: MARK.emphasisClose,
  [MARK.strikeOpen]: MARK.strikeClose,
  [MARK.linkOpen]: MARK.linkClose,
}

interface Token {
  kind: 'text' | 'open' | 'close' | 'break'
  mark: string
  text: string
  /** Set on both halves of a pair that Markdown could not read as one. */
  dropped?: boolean
}

/** Runs of space other than one space, which would only be replaced by itself. */
const UNEVEN_SPACE = /[\t\n\r\f\u200b\ufeff][ \t\n\r\f\u200b\ufeff]*| [ \t\n\r\f\u200b\ufeff]+/g

/** Collapses space, moves it out of marks, drops empty pairs, joins neighbours: then writes the delimiters. */
export function finishInk(ink: string): string {
  const flat = ink.replace(UNEVEN_SPACE, ' ')
  if (!ANY_CONTROL.test(flat)) return flat.trim()
  const tokens = settle(flat)
  dropUnreadable(tokens)
  return written(tokens)
}

function settle(flat: string): Token[] {
  const out: Token[] = []
  let pending: Token[] = []
  let space = false
  const flush = () => {
    if (space && out.length > 0 && out.at(-1)?.kind !== 'break') out.push({ kind: 'text', mark: '', text: ' ' })
    space = false
    for (const open of pending) if (!rejoined(out, open)) out.push(open)
    pending = []
  }
  for (const part of flat.split(MARKS)) {
    const mark = part.charAt(0)
    if (part === '') continue
    if (mark in CLOSE_OF) pending.push({ kind: 'open', mark, text: DELIMITER[mark] ?? '' })
    else if (mark === MARK.break) {
      space = false
      out.push({ kind: 'break', mark, text: '' })
    } else if (ANY_CONTROL.test(mark)) {
      if (pending.length > 0 && CLOSE_OF[pending.at(-1)?.mark ?? ''] === mark) pending.pop()
      else
        out.push({
          kind: 'close',
          mark,
          text: mark === MARK.linkClose ? `](${part.slice(1, -1)})` : (DELIMITER[mark] ?? ''),
        })
    } else {
      const body = part.trim()
      space ||= part.startsWith(' ')
      if (body === '') continue
      flush()
      out.push({ kind: 'text', mark: '', text: body })
      space = part.endsWith(' ')
    }
  }
  return out
}

/** `**a****b**` is one strong run: the close before and this open cancel out. */
function rejoined(out: Token[], open: Token): boolean {
  const last = out.at(-1)
  if (open.mark === MARK.linkOpen || last?.kind !== 'close' || CLOSE_OF[open.mark] !== last.mark) return false
  out.pop()
  return true
}

const WORD_END = /[\p{L}\p{N}]$/u
const WORD_START = /^[\p{L}\p{N}]/u
const MARK_END = /[\p{P}\p{S}]$/u
const MARK_START = /^[\p{P}\p{S}]/u

/**
 * Emphasis whose delimiters would not be left- or right-flanking (CommonMark §6.2) is given up: its stars would show.
 * So is emphasis across a blank line.
 */
function dropUnreadable(tokens: Token[]): void {
  const opens: number[] = []
  tokens.forEach((token, index) => {
    if (token.kind === 'open') opens.push(index)
    if (token.kind !== 'close') return
    const from = opens.pop()
    const open = from === undefined ? undefined : tokens[from]
    if (from === undefined || !open || token.mark === MARK.linkClose) return
    const inside = tokens.slice(from + 1, index)
    const first = inside.find((inner) => inner.kind !== 'open')?.text ?? ''
    const last = inside.findLast((inner) => inner.kind !== 'close')?.text ?? ''
    const before = tokens[from - 1]?.text ?? ''
    const after = tokens[index + 1]?.text ?? ''
    const stuck = (WORD_END.test(before) && MARK_START.test(first)) || (WORD_START.test(after) && MARK_END.test(last))
    const torn = inside.some((inner, at) => inner.kind === 'break' && inside[at + 1]?.kind === 'break')
    if (stuck || torn) {
      open.dropped = true
      token.dropped = true
    }
  })
}

function written(tokens: readonly Token[]): string {
  let out = ''
  let breaks = 0
  tokens.forEach((token, index) => {
    if (token.dropped) return
    if (token.kind === 'break') {
      breaks++
      return
    }
    if (breaks > 0 && out !== '' && token.kind !== 'close') out += breaks === 1 ? '  \n' : '\n\n'
    if (token.kind !== 'close') breaks = 0
    const next = tokens[index + 1]
    const bang = token.text.endsWith('!') && next?.kind === 'open' && next.mark === MARK.linkOpen
    out += bang ? `${token.text.slice(0, -1)}\\!` : token.text
  })
  return out.trim()
}
