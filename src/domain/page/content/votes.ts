import { Element } from '../tree/nodes.ts'
import { NAMING, NameWords } from './evidence.ts'
import type { Box, Outline, TextBlock } from './outline.ts'

/** What a word in the name of a box says of text directly in it, one or two boxes inside, and further inside. */
export type NameVote = readonly [own: number, near: number, far: number]

/** What a word says of the short block it stands in, of the longer one it opens, of the next, the last, and those below the heading. */
export type TextVote = readonly [short: number, opening: number, next: number, last: number, below: number]
export type PairVote = readonly [short: number, opening: number]

/** The weights of a linear model: log odds of a block to be main content are the sum of what all around it votes for. */
export interface Weights {
  ofName(name: string): NameVote | undefined
  ofText(word: string): TextVote | undefined
  ofTextPair(first: string, second: string): PairVote | undefined
  /** By `shapeOf`. */
  shapes: readonly number[]
  bias: number
}

/** Longer blocks vote by the words that they open with. */
export const OPENING_WORDS = 12
export const OPENING_PAIRS = 7

/** For each block the sum of the votes. */
export function castVotes({ boxes, blocks }: Outline, weights: Weights, nameWords = new NameWords()): Float64Array {
  const names = new NameVotes(boxes, weights, nameWords)
  const votes = new Float64Array(blocks.length)
  let heading: TextVotes | undefined
  let last: TextVotes | undefined
  blocks.forEach((block, index) => {
    const texts = textVotes(block, weights)
    votes[index] =
      (votes[index] ?? 0) +
      weights.bias +
      (weights.shapes[shapeOf(block)] ?? 0) +
      names.of(block.box) +
      texts.own +
      (last?.next ?? 0) +
      (heading?.below ?? 0)
    if (index > 0) votes[index - 1] = (votes[index - 1] ?? 0) + texts.last
    last = texts
    if (isHeading(block.box)) heading = texts
  })
  return votes
}

const HEADING = /^h[1-6]$/

export function isHeading({ name, parent }: Box): boolean {
  return HEADING.test(name) || (parent !== null && HEADING.test(parent.name))
}

const LINK_STEPS = 3
const LENGTH_STEPS = 9
export const SHAPES = (LINK_STEPS + 1) * LENGTH_STEPS

/** How much of a block is linked, in thirds, and its words, in powers of two. */
export function shapeOf({ measure: { words, linkWords } }: TextBlock): number {
  const linked = words > 0 ? Math.round((linkWords / words) * LINK_STEPS) : 0
  return linked * LENGTH_STEPS + Math.min(LENGTH_STEPS - 1, Math.round(Math.log2(1 + words)))
}

/** What the tag of a box and its place in the next say, as names beside those that its author gave it. */
export function tagNames({ name, parent }: Box): string[] {
  return parent ? [`<${name}`, `<${parent.name}<${name}`] : [`<${name}`]
}

/** The words of a value of class, id and the like, and the pairs of those that follow each other. */
export function wordsAndPairs(named: readonly (readonly string[])[]): string[] {
  const names: string[] = []
  for (const words of named) {
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? ''
      names.push(word)
      if (at > 0) names.push(`${words[at - 1]}-${word}`)
    }
  }
  return names
}

/** What all boxes around a block say. */
class NameVotes {
  private readonly weights: Weights
  private readonly nameWords: NameWords
  private readonly ofValues = new Map<string, NameVote>()
  /** By the tag around, then by the tag. */
  private readonly ofTags = new Map<string, Map<string, NameVote>>()
  private readonly own: Float64Array
  private readonly near: Float64Array
  /** Of the box and all around it. */
  private readonly far: Float64Array

  constructor(boxes: readonly Box[], weights: Weights, nameWords: NameWords) {
    this.weights = weights
    this.nameWords = nameWords
    this.own = new Float64Array(boxes.length)
    this.near = new Float64Array(boxes.length)
    this.far = new Float64Array(boxes.length)
    for (const box of boxes) this.note(box)
  }

  of({ id, parent }: Box): number {
    const around = parent?.parent
    return (
      (this.own[id] ?? 0) +
      (parent ? (this.near[parent.id] ?? 0) : 0) +
      (around ? (this.near[around.id] ?? 0) : 0) +
      (around?.parent ? (this.far[around.parent.id] ?? 0) : 0)
    )
  }

  private note(box: Box): void {
    this.add(box, this.ofTag(box))
    if (box.node instanceof Element) {
      for (const attribute of NAMING) {
        const value = box.node.attribs[attribute]
        if (value !== undefined && value !== '') this.add(box, this.ofValues.get(value) ?? this.ofValue(value))
      }
    }
    if (box.parent) this.far[box.id] = (this.far[box.id] ?? 0) + (this.far[box.parent.id] ?? 0)
  }

  private add({ id }: Box, [own, near, far]: NameVote): void {
    this.own[id] = (this.own[id] ?? 0) + own
    this.near[id] = (this.near[id] ?? 0) + near
    this.far[id] = (this.far[id] ?? 0) + far
  }

  private ofTag(box: Box): NameVote {
    const around = box.parent?.name ?? ''
    const inside = this.ofTags.get(around) ?? new Map<string, NameVote>()
    if (inside.size === 0) this.ofTags.set(around, inside)
    const known = inside.get(box.name)
    if (known) return known
    const vote = this.summed(tagNames(box), 1)
    inside.set(box.name, vote)
    return vote
  }

  private ofValue(value: string): NameVote {
    const names = wordsAndPairs(this.nameWords.of(value))
    const vote = this.summed(names, evenly(names.length))
    this.ofValues.set(value, vote)
    return vote
  }

  private summed(names: readonly string[], share: number): NameVote {
    let own = 0
    let near = 0
    let far = 0
    for (const name of names) {
      const vote = this.weights.ofName(name)
      if (!vote) continue
      own += vote[0]
      near += vote[1]
      far += vote[2]
    }
    return [own * share, near * share, far * share]
  }
}

/** Words that stand together share a vote, more of them for more. */
export function evenly(count: number): number {
  return count > 0 ? 1 / Math.sqrt(count) : 0
}

interface TextVotes {
  own: number
  next: number
  last: number
  below: number
}

const NO_VOTES: TextVotes = { own: 0, next: 0, last: 0, below: 0 }

function textVotes({ tokens, opening }: TextBlock, weights: Weights): TextVotes {
  if (opening.length > 0) return { ...NO_VOTES, own: openingVote(opening, weights) }
  if (tokens.length === 0) return NO_VOTES
  let short = 0
  let pairs = 0
  let next = 0
  let last = 0
  let below = 0
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens[at] ?? ''
    const vote = weights.ofText(word)
    if (vote) {
      short += vote[0]
      next += vote[2]
      last += vote[3]
      below += vote[4]
    }
    if (at > 0) pairs += weights.ofTextPair(tokens[at - 1] ?? '', word)?.[0] ?? 0
  }
  const share = evenly(tokens.length)
  return {
    own: short * share + pairs * evenly(tokens.length - 1),
    next: next * share,
    last: last * share,
    below: below * share,
  }
}

function openingVote(opening: readonly string[], weights: Weights): number {
  const count = Math.min(opening.length, OPENING_WORDS)
  const pairCount = Math.min(count - 1, OPENING_PAIRS)
  let words = 0
  let pairs = 0
  for (let at = 0; at < count; at++) words += weights.ofText(opening[at] ?? '')?.[1] ?? 0
  for (let at = 1; at <= pairCount; at++)
    pairs += weights.ofTextPair(opening[at - 1] ?? '', opening[at] ?? '')?.[1] ?? 0
  return words * evenly(count) + pairs * evenly(pairCount)
}
