import type { Evidence } from './evidence.ts'
import type { TextBlock } from './outline.ts'

/** What the words of each block say: of a short one all of them, of a longer one those that it begins with. */
export interface TextLeaning {
  /** The strongest word for being content, the strongest against, and the mean of all. */
  most: Float64Array
  least: Float64Array
  mean: Float64Array
  /** The strongest pairs of words that follow each other in a short block. */
  pairMost: Float64Array
  pairLeast: Float64Array
}

export function textLeaning(blocks: readonly TextBlock[], evidence: Evidence): TextLeaning {
  const count = blocks.length
  const said: TextLeaning = {
    most: new Float64Array(count),
    least: new Float64Array(count),
    mean: new Float64Array(count),
    pairMost: new Float64Array(count),
    pairLeast: new Float64Array(count),
  }
  blocks.forEach(({ tokens, opening }, index) => {
    if (opening.length > 0) addWords(said, index, opening, evidence.ofOpening)
    else addWords(said, index, tokens, evidence.ofText)
    addPairs(said, index, tokens, evidence.ofTextPair)
  })
  return said
}

function addWords(
  said: TextLeaning,
  index: number,
  words: readonly string[],
  evidenceOf: (word: string) => number,
): void {
  let most = 0
  let least = 0
  let sum = 0
  for (const word of words) {
    const value = evidenceOf(word)
    sum += value
    if (value > most) most = value
    if (value < least) least = value
  }
  said.most[index] = most
  said.least[index] = least
  said.mean[index] = words.length > 0 ? sum / words.length : 0
}

function addPairs(
  said: TextLeaning,
  index: number,
  words: readonly string[],
  evidenceOf: (first: string, second: string) => number,
): void {
  let most = 0
  let least = 0
  for (let at = 1; at < words.length; at++) {
    const value = evidenceOf(words[at - 1] ?? '', words[at] ?? '')
    if (value > most) most = value
    if (value < least) least = value
  }
  said.pairMost[index] = most
  said.pairLeast[index] = least
}

/** What a block says on the whole; 0 where there is none. */
export function leaningOf({ most, least }: TextLeaning, index: number): number {
  return (most[index] ?? 0) + (least[index] ?? 0)
}
