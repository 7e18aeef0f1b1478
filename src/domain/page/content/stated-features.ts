import type { Examined } from './features.ts'
import { type Row, add, ratio } from './own-features.ts'
import type { TextBlock } from './outline.ts'

/** Pairs of words that follow each other, by the first. */
export type WordPairs = ReadonlyMap<string, ReadonlySet<string>>

/** For each block the share of its pairs of words that the page's metadata states, too. */
export interface Stated {
  description: Float64Array
  data: Float64Array
  /** The block that says most of the description, and of the structured data; -1 for none. */
  mostDescription: number
  mostData: number
}

export function statedOf(blocks: readonly TextBlock[], description: WordPairs, data: WordPairs): Stated {
  const byDescription = shares(blocks, description)
  const byData = shares(blocks, data)
  return {
    description: byDescription.shares,
    data: byData.shares,
    mostDescription: byDescription.most,
    mostData: byData.most,
  }
}

/** Fewer pairs than that agree by chance. */
const PAIRS = 4

function shares(blocks: readonly TextBlock[], pairs: WordPairs) {
  const shares = new Float64Array(blocks.length)
  let most = -1
  let mostShared = PAIRS - 1
  if (pairs.size > 0) {
    blocks.forEach(({ tokens, opening }, index) => {
      const words = opening.length > 0 ? opening : tokens
      let shared = 0
      for (let at = 1; at < words.length; at++)
        if (pairs.get(words[at - 1] ?? '')?.has(words[at] ?? '') === true) shared++
      shares[index] = ratio(shared, words.length - 1)
      if (shared > mostShared) {
        mostShared = shared
        most = index
      }
    })
  }
  return { shares, most }
}

const FAR = 200

/** What the page's own description and structured data say of the block. */
export function addStated(row: Row, { stated, page }: Examined, index: number): void {
  add(row, stated.description[index] ?? 0)
  add(row, stated.data[index] ?? 0)
  addDistance(row, index, stated.mostDescription)
  addDistance(row, index, stated.mostData)
  const box = page.blocks[index]?.box.parent?.parent
  add(row, box && stated.mostData >= box.first && stated.mostData < box.end ? 1 : 0)
}

function addDistance(row: Row, index: number, most: number): void {
  add(row, most < 0 ? -FAR - 1 : Math.max(-FAR, Math.min(FAR, index - most)))
}
