import { wordHashes } from './word-hashes.ts'

/** Shorter texts are alike for no reason: a notice, a form, the shell of a page that scripts would fill. */
const MIN_TELLING_WORDS = 20
const HALF = 32
/** Planes of a counter that holds as many as there are words at the most. */
const PLANES = 15

/**
 * The 64-bit SimHash of a text's shingles of three words (Charikar 2002), as a signed integer; null where there are too
 * few words to tell. Texts that have all but a hundredth of their shingles in common differ in about 3 bits.
 */
export function simhash(text: string): bigint | null {
  const words = wordHashes(text)
  if (words.length < MIN_TELLING_WORDS) return null
  const low = new BitCounts()
  const high = new BitCounts()
  for (let at = 2; at < words.length; at++) {
    const [first = 0, second = 0, third = 0] = [words[at - 2], words[at - 1], words[at]]
    low.add(mixed(first ^ Math.imul(second, 0x9e3779b1) ^ Math.imul(third, 0x85ebca77)))
    high.add(mixed(Math.imul(first, 0xc2b2ae3d) ^ second ^ Math.imul(third, 0x27d4eb2f)))
  }
  return BigInt.asIntN(2 * HALF, (BigInt(high.majority()) << BigInt(HALF)) | BigInt(low.majority()))
}

/**
 * How often each of 32 bits was set, as counters that lie across planes: plane n holds bit n of all 32 counts, so that
 * counting up all of them takes a few operations and not 32.
 */
class BitCounts {
  readonly #planes = new Int32Array(PLANES)
  #added = 0

  add(bits: number): void {
    const planes = this.#planes
    let carry = bits
    for (let plane = 0; carry !== 0 && plane < PLANES; plane++) {
      const held = planes[plane] ?? 0
      planes[plane] = held ^ carry
      carry &= held
    }
    this.#added++
  }

  /** The bits that were set more often than not, as an unsigned integer. */
  majority(): number {
    let bits = 0
    for (let bit = 0; bit < HALF; bit++) {
      const count = this.#planes.reduce((sum, held, plane) => sum + ((held >>> bit) & 1) * 2 ** plane, 0)
      if (2 * count > this.#added) bits |= 1 << bit
    }
    return bits >>> 0
  }
}

/** The finalizer of MurmurHash3: every bit of the input reaches every bit of the output. */
function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
