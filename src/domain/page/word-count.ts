/** Scripts written without spaces between words, where a character stands for a word. */
const SINGLE_CHARACTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const LETTER_CHARACTER = /[\p{L}\p{N}\p{M}]/u

const GAP = 1
const LETTER = 2
const SINGLE = 3
/** Joins two halves of a word: it's, well-known, 3.14. */
const JOINT = 4
const JOINTS = "'’-."

/** What each code point is, found out when a text first has it: a regular expression for each would take seven times as long. */
const kinds = new Uint8Array(0x11_00_00)

/** Words of a text; Chinese, Japanese and the scripts of South-East Asia counted per character. */
export function wordCount(text: string): number {
  let words = 0
  let before = GAP
  let isInWord = false
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0
    const kind = kinds[code] || kindOf(code)
    if (code > 0xffff) at++
    if (kind === SINGLE) words++
    // A joint keeps a word open only for the very next letter.
    if (kind === LETTER && !isInWord) words++
    isInWord = kind === LETTER || (kind === JOINT && before === LETTER)
    before = kind
  }
  return words
}

function kindOf(code: number): number {
  const character = String.fromCodePoint(code)
  const kind = JOINTS.includes(character)
    ? JOINT
    : SINGLE_CHARACTER.test(character)
      ? SINGLE
      : LETTER_CHARACTER.test(character)
        ? LETTER
        : GAP
  kinds[code] = kind
  return kind
}
