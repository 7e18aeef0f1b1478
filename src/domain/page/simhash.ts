/** Words that make one feature: their order counts, so that a list sorted otherwise is another text. */
const SHINGLE_WORDS = 3
/** Shorter texts are alike for no reason: a notice, a form, the shell of a page that scripts would fill. */
const MIN_TELLING_WORDS = 20
/** What follows in a longer text is not looked at: 64 additions a word are 10 ms by then. */
const MAX_WORDS = 100_000
const BITS = 64

/** A run of letters and digits; in scripts without spaces, a character. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{N}\p{M}]+/gu

/**
 * The 64-bit SimHash of a text's word shingles (Charikar 2002), as a signed integer; null where there are too few words
 * to tell. Texts that have all but a hundredth of their shingles in common differ in about 3 bits (Manku et al. 2007).
 */
export function simhash(text: string): bigint | null {
  const sums = new Int32Array(BITS)
  let words = 0
  let [before, last] = [0, 0]
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    const current = hashOf(word)
    if (++words >= SHINGLE_WORDS) addShingle(sums, before, last, current)
    ;[before, last] = [last, current]
    if (words === MAX_WORDS) break
  }
  if (words < MIN_TELLING_WORDS) return null
  const half = (from: number) => BigInt(signsOf(sums.subarray(from, from + BITS / 2)))
  return BigInt.asIntN(BITS, (half(BITS / 2) << BigInt(BITS / 2)) | half(0))
}

/** Two independent halves, each a mix of all words of the shingle in their order. */
function addShingle(sums: Int32Array, first: number, second: number, third: number): void {
  const low = mixed(first ^ Math.imul(second, 0x9e3779b1) ^ Math.imul(third, 0x85ebca77))
  const high = mixed(Math.imul(first, 0xc2b2ae3d) ^ second ^ Math.imul(third, 0x27d4eb2f))
  for (let bit = 0; bit < BITS / 2; bit++) {
    sums[bit] = (sums[bit] ?? 0) + ((low >>> bit) & 1) * 2 - 1
    sums[bit + BITS / 2] = (sums[bit + BITS / 2] ?? 0) + ((high >>> bit) & 1) * 2 - 1
  }
}

function signsOf(sums: Int32Array): number {
  return sums.reduce((bits, sum, bit) => (sum > 0 ? bits | (1 << bit) : bits), 0) >>> 0
}

/** FNV-1a over UTF-16 code units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash
}

/** The finalizer of MurmurHash3: every bit of the input reaches every bit of the output. */
function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
