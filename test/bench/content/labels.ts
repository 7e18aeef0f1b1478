import { align } from './align.ts'

/**
 * How much of each block belongs to the main text, 0 to 1: the share of its words that an alignment pairs with the words
 * that people marked. Blocks that were marked in another order than the page's are found by their word triples.
 */
export function labelBlocks(blocks: readonly (readonly string[])[], marked: readonly string[]): number[] {
  const numbers = new Map<string, number>()
  const numbered = (word: string) => {
    const known = numbers.get(word) ?? numbers.size
    numbers.set(word, known)
    return known
  }
  const markedNumbers = marked.map(numbered)
  const found = align(blocks.flat().map(numbered), markedNumbers)
  const left = new Triples(markedNumbers, found.marked)
  let from = 0
  return blocks.map((words) => {
    const aligned = meanOf(found.page.subarray(from, from + words.length))
    from += words.length
    return aligned < MOSTLY ? Math.max(aligned, left.take(words.map(numbered))) : aligned
  })
}

const MOSTLY = 0.5

function meanOf(flags: Uint8Array): number {
  return flags.length === 0 ? 0 : flags.reduce((sum, flag) => sum + flag, 0) / flags.length
}

/** The triples of words that the alignment left over. */
class Triples {
  private readonly counts = new Map<string, number>()

  constructor(words: readonly number[], aligned: Uint8Array) {
    for (let at = 0; at + 2 < words.length; at++) {
      if (aligned[at] === 1 || aligned[at + 1] === 1 || aligned[at + 2] === 1) continue
      const triple = words.slice(at, at + 3).join()
      this.counts.set(triple, (this.counts.get(triple) ?? 0) + 1)
    }
  }

  /** The share of a block's triples that is left, 0 if it isn't most of it. What is taken is no longer left. */
  take(words: readonly number[]): number {
    if (words.length < 3 || this.counts.size === 0) return 0
    const triples = words.slice(2).map((_, at) => words.slice(at, at + 3).join())
    const found = triples.filter((triple) => (this.counts.get(triple) ?? 0) > 0)
    const share = found.length / triples.length
    if (share < MOSTLY) return 0
    for (const triple of found) this.counts.set(triple, (this.counts.get(triple) ?? 0) - 1)
    return share
  }
}
