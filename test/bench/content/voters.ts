import { NAMING, namedWords } from '../../../src/domain/page/content/evidence.ts'
import type { Box, Outline } from '../../../src/domain/page/content/outline.ts'
import { evenly, tagNames } from '../../../src/domain/page/content/name-leaning.ts'
import { OPENING_PAIRS, OPENING_WORDS } from '../../../src/domain/page/content/text-leaning.ts'
import { isHeading, shapeOf } from '../../../src/domain/page/content/votes.ts'
import { Element } from '../../../src/domain/page/tree/nodes.ts'

/** The linear model's inputs of a page, row by row: numbers of voters, and the share that each has. */
export interface Voters {
  ids: Int32Array
  shares: Float32Array
  /** Where each block's voters begin. One more at the end. */
  starts: Int32Array
}

/** Numbers for the voters of all pages: what they are, then the word. */
export class VoterNumbers {
  private readonly numbers = new Map<string, number>()

  get size(): number {
    return this.numbers.size
  }

  of(role: Role, word: string): number {
    const key = `${role} ${word}`
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    this.numbers.set(key, this.numbers.size)
    return this.numbers.size - 1
  }

  entries(): IterableIterator<[key: string, number: number]> {
    return this.numbers.entries()
  }
}

export const NAME_ROLES = ['own', 'near', 'far'] as const
export const TEXT_ROLES = ['short', 'opening', 'next', 'last', 'below'] as const
export type Role = (typeof NAME_ROLES)[number] | (typeof TEXT_ROLES)[number] | 'shape' | 'bias'

/** How much the roles may learn in a step, beside each other. */
const REACH: Readonly<Record<Role, number>> = {
  own: 1,
  near: 0.7,
  far: 0.4,
  short: 1,
  opening: 1,
  next: 0.7,
  last: 0.7,
  below: 0.8,
  shape: 1.7,
  bias: 1,
}

/** What a weight is worth in `castVotes`, which knows no reach. */
export function reachOf(role: Role): number {
  return REACH[role]
}

/** The inputs that `castVotes` adds up, block by block. */
export function votersOf({ boxes, blocks }: Outline, numbers: VoterNumbers): Voters {
  const names = boxes.map(namesOf)
  const ids: number[] = []
  const shares: number[] = []
  const starts = [0]
  const vote = (role: Role, word: string, share: number) => {
    ids.push(numbers.of(role, word))
    shares.push(share * REACH[role])
  }
  const votes = (role: Role, words: readonly string[]) => {
    for (const word of words) vote(role, word, evenly(words.length))
  }
  let heading: readonly string[] = []
  blocks.forEach((block, index) => {
    const { box, tokens, opening } = block
    let distance = 0
    for (let around: Box | null = box; around; around = around.parent) {
      const role = distance === 0 ? 'own' : distance <= 2 ? 'near' : 'far'
      for (const [name, share] of names[around.id] ?? []) vote(role, name, share)
      distance++
    }
    votes('short', tokens)
    votes('short', pairsOf(tokens))
    votes('opening', opening.slice(0, OPENING_WORDS))
    votes('opening', pairsOf(opening.slice(0, OPENING_WORDS)).slice(0, OPENING_PAIRS))
    votes('next', blocks[index - 1]?.tokens ?? [])
    votes('last', blocks[index + 1]?.tokens ?? [])
    votes('below', heading)
    vote('shape', String(shapeOf(block)), 1)
    vote('bias', '', 1)
    starts.push(ids.length)
    if (isHeading(box)) heading = tokens
  })
  return { ids: Int32Array.from(ids), shares: Float32Array.from(shares), starts: Int32Array.from(starts) }
}

function namesOf(box: Box): [name: string, share: number][] {
  const named = tagNames(box).map((name): [string, number] => [name, 1])
  if (!(box.node instanceof Element)) return named
  for (const attribute of NAMING) {
    const words = namedWords(box.node.attribs[attribute] ?? '').flatMap((name) => [...name, ...pairsOf(name, '-')])
    for (const word of words) named.push([word, evenly(words.length)])
  }
  return named
}

function pairsOf(words: readonly string[], between = ' '): string[] {
  return words.slice(1).map((word, at) => `${words[at]}${between}${word}`)
}
