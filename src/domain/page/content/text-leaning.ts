import type { Evidence, KnownText } from './evidence.ts'
import { evenly } from './name-leaning.ts'
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
  /** Votes for the block itself; and those of short ones for the block after, before, and for those below a heading. */
  own: Float64Array
  next: Float64Array
  last: Float64Array
  below: Float64Array
}

/** Longer blocks vote by the words that they open with. */
export const OPENING_WORDS = 12
export const OPENING_PAIRS = 7

export function textLeaning(blocks: readonly TextBlock[], evidence: Evidence): TextLeaning {
  const count = blocks.length
  const said: TextLeaning = {
    most: new Float64Array(count),
    least: new Float64Array(count),
    mean: new Float64Array(count),
    pairMost: new Float64Array(count),
    pairLeast: new Float64Array(count),
    own: new Float64Array(count),
    next: new Float64Array(count),
    last: new Float64Array(count),
    below: new Float64Array(count),
  }
  blocks.forEach(({ tokens, opening }, index) => {
    if (opening.length > 0) readOpening(said, index, opening, evidence)
    else if (tokens.length > 0) readShort(said, index, tokens, evidence)
  })
  return said
}

function readShort(said: TextLeaning, index: number, words: readonly string[], evidence: Evidence): void {
  const sum = { most: 0, least: 0, leaning: 0, short: 0, next: 0, last: 0, below: 0 }
  const pairs = { most: 0, least: 0, short: 0 }
  let known = evidence.ofText(words[0] ?? '')
  for (let at = 0; at < words.length; at++) {
    const following = words[at + 1]
    if (known) addShort(sum, known)
    if (known && following !== undefined) addPair(pairs, known, following)
    known = following === undefined ? undefined : evidence.ofText(following)
  }
  const share = evenly(words.length)
  said.most[index] = sum.most
  said.least[index] = sum.least
  said.mean[index] = sum.leaning / words.length
  said.pairMost[index] = pairs.most
  said.pairLeast[index] = pairs.least
  said.own[index] = sum.short * share + pairs.short * evenly(words.length - 1)
  said.next[index] = sum.next * share
  said.last[index] = sum.last * share
  said.below[index] = sum.below * share
}

interface ShortSum {
  most: number
  least: number
  leaning: number
  short: number
  next: number
  last: number
  below: number
}

function addShort(sum: ShortSum, { leaning, vote }: KnownText): void {
  if (leaning > sum.most) sum.most = leaning
  if (leaning < sum.least) sum.least = leaning
  sum.leaning += leaning
  sum.short += vote[0]
  sum.next += vote[2]
  sum.last += vote[3]
  sum.below += vote[4]
}

function addPair(pairs: { most: number; least: number; short: number }, first: KnownText, second: string): void {
  const pair = first.with(second)
  if (!pair) return
  if (pair.leaning > pairs.most) pairs.most = pair.leaning
  if (pair.leaning < pairs.least) pairs.least = pair.leaning
  pairs.short += pair.vote[0]
}

function readOpening(said: TextLeaning, index: number, words: readonly string[], evidence: Evidence): void {
  const count = Math.min(words.length, OPENING_WORDS)
  const pairCount = Math.min(count - 1, OPENING_PAIRS)
  let most = 0
  let least = 0
  let sum = 0
  let votes = 0
  let pairVotes = 0
  for (let at = 0; at < words.length; at++) {
    const known = evidence.ofText(words[at] ?? '')
    if (!known) continue
    const { opening } = known
    if (opening > most) most = opening
    if (opening < least) least = opening
    sum += opening
    if (at < count) votes += known.vote[1]
    if (at < pairCount) pairVotes += known.with(words[at + 1] ?? '')?.vote[1] ?? 0
  }
  said.most[index] = most
  said.least[index] = least
  said.mean[index] = sum / words.length
  said.own[index] = votes * evenly(count) + pairVotes * evenly(pairCount)
}

/** What a block says on the whole; 0 where there is none. */
export function leaningOf({ most, least }: TextLeaning, index: number): number {
  return (most[index] ?? 0) + (least[index] ?? 0)
}
