/** Counts of one text block's characters, made in one pass over its text nodes. */
export interface Measure {
  /** Words; a character of a script without spaces counts half a word. */
  words: number
  /** Words inside links. */
  linkWords: number
  characters: number
  digits: number
  /** Words that begin with a capital letter. */
  capitals: number
  /** Sentence marks: . ! ? and their wide forms. */
  sentenceMarks: number
  commas: number
  /** Currency signs. */
  currency: number
  /** Characters that menus and breadcrumbs separate items with: | › » / · • → */
  separators: number
  /** The last character that isn't space. */
  last: number
  /** Of its letters and digits, whatever their case and what stands between them. */
  hash: number
}

export function emptyMeasure(): Measure {
  return {
    words: 0,
    linkWords: 0,
    characters: 0,
    digits: 0,
    capitals: 0,
    sentenceMarks: 0,
    commas: 0,
    currency: 0,
    separators: 0,
    last: 0,
    hash: FNV_OFFSET,
  }
}

/** FNV-1a, 32 bits. */
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
const LOWER_CASE = 0x20

const SPACE = 0
const LETTER = 1
const CAPITAL = 2
const DIGIT = 3
const SENTENCE = 4
const COMMA = 5
const CURRENCY = 6
const SEPARATOR = 7
const OTHER = 8
const WIDE = 9

const CLASS_OF = new Uint8Array(0x10000)
CLASS_OF.fill(LETTER)
const assign = (from: number, to: number, value: number) => CLASS_OF.fill(value, from, to + 1)
assign(0, 0x20, SPACE)
assign(0x21, 0x2f, OTHER)
assign(0x30, 0x39, DIGIT)
assign(0x3a, 0x40, OTHER)
assign(0x41, 0x5a, CAPITAL)
assign(0x5b, 0x60, OTHER)
assign(0x7b, 0xbf, OTHER)
assign(0xc0, 0xde, CAPITAL)
assign(0x391, 0x3ab, CAPITAL)
assign(0x410, 0x42f, CAPITAL)
assign(0x2000, 0x200b, SPACE)
assign(0x200c, 0x2bff, OTHER)
assign(0x3000, 0x303f, OTHER)
assign(0xe000, 0xf8ff, OTHER)
assign(0xff00, 0xff0f, OTHER)
// Thai, Lao, Myanmar, Khmer, kana and Han: no space between words. Hangul has it.
for (const [from, to] of [
  [0xe00, 0xeff],
  [0x1000, 0x109f],
  [0x1780, 0x17ff],
  [0x3040, 0x30ff],
  [0x3400, 0x9fff],
  [0xf900, 0xfaff],
] as const)
  assign(from, to, WIDE)
for (const [characters, value] of [
  ['.!?。！？｡…', SENTENCE],
  [',;、，；', COMMA],
  ['$€£¥₹₩₽', CURRENCY],
  ['|›»/·•→>', SEPARATOR],
  ['\u00a0\ufeff', SPACE],
  ['ªµº', LETTER],
] as const) {
  for (const character of characters) CLASS_OF[character.charCodeAt(0)] = value
}
const UNDERSCORE = 0x5f
CLASS_OF[UNDERSCORE] = LETTER

export function measureText(text: string, inLink: boolean, into: Measure): void {
  let words = 0
  let wide = 0
  let inWord = false
  let { hash } = into
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const kind = CLASS_OF[code]
    if (kind === SPACE) {
      inWord = false
      continue
    }
    into.last = code
    into.characters++
    if (kind === LETTER || kind === CAPITAL || kind === DIGIT) {
      if (kind === DIGIT) into.digits++
      if (!inWord) words++
      if (!inWord && kind === CAPITAL) into.capitals++
      inWord = true
      hash = Math.imul(hash ^ (code | LOWER_CASE), FNV_PRIME)
    } else {
      inWord = false
      if (kind === WIDE) {
        wide++
        hash = Math.imul(hash ^ code, FNV_PRIME)
      } else if (kind !== OTHER) countMark(kind, into)
    }
  }
  into.hash = hash
  into.words += words + wide / 2
  if (inLink) into.linkWords += words + wide / 2
}

function countMark(kind: number | undefined, into: Measure): void {
  if (kind === SENTENCE) into.sentenceMarks++
  else if (kind === COMMA) into.commas++
  else if (kind === CURRENCY) into.currency++
  else if (kind === SEPARATOR) into.separators++
}

export function endsSentence({ last }: Measure): boolean {
  return CLASS_OF[last] === SENTENCE || last === 0x3a || last === 0x22 || last === 0x201d
}
