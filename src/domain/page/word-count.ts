/** Scripts written without spaces between words, where a character stands for a word. */
const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’\-.][\p{L}\p{N}\p{M}]+)*/gu

/** Words of a text; Chinese, Japanese and the scripts of South-East Asia counted per character. */
export function wordCount(text: string): number {
  // Most texts have no such character, and finding that out is cheap.
  if (!/[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\ud840-\ud8bf]/.test(text))
    return count(text, WORD)
  return count(text, CJK) + count(text.replace(CJK, ' '), WORD)
}

function count(text: string, pattern: RegExp): number {
  let found = 0
  pattern.lastIndex = 0
  while (pattern.test(text)) found++
  return found
}
