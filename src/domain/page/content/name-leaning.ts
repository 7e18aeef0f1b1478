import { Element } from '../tree/nodes.ts'
import { type Evidence, NAMING, type NameVote, namedWords } from './evidence.ts'
import type { Box } from './outline.ts'

/** What the words that authors named boxes with say, by the box's id. */
export interface NameLeaning {
  /** The strongest word for and the strongest against being content, added up. */
  words: Float64Array
  /** The same of the pairs of words, added up over the attributes. */
  pairs: Float64Array
  /** Votes of names and tags for text directly in the box, one or two boxes inside; and further inside, with those of all boxes around. */
  own: Float64Array
  near: Float64Array
  far: Float64Array
}

export function nameLeaning(boxes: readonly Box[], evidence: Evidence): NameLeaning {
  const count = boxes.length
  const leaning: NameLeaning = {
    words: new Float64Array(count),
    pairs: new Float64Array(count),
    own: new Float64Array(count),
    near: new Float64Array(count),
    far: new Float64Array(count),
  }
  const reader = new NameReader(leaning, evidence)
  for (const box of boxes) reader.note(box)
  return leaning
}

/** What one value of class, id and the like says. */
interface ValueSays {
  most: number
  least: number
  pairs: number
  vote: NameVote
}

/** Names recur all over a page: each is looked at once. */
class NameReader {
  private readonly leaning: NameLeaning
  private readonly evidence: Evidence
  private readonly ofValues = new Map<string, ValueSays>()
  /** By the tag around, then by the tag. */
  private readonly ofTags = new Map<string, Map<string, NameVote>>()

  constructor(leaning: NameLeaning, evidence: Evidence) {
    this.leaning = leaning
    this.evidence = evidence
  }

  note(box: Box): void {
    this.vote(box.id, this.ofTag(box))
    if (box.node instanceof Element) this.noteNames(box.id, box.node)
    const { far } = this.leaning
    if (box.parent) far[box.id] = (far[box.id] ?? 0) + (far[box.parent.id] ?? 0)
  }

  private noteNames(id: number, { attribs }: Element): void {
    let most = 0
    let least = 0
    let pairs = 0
    for (const attribute of NAMING) {
      const value = attribs[attribute]
      if (value === undefined || value === '') continue
      const says = this.ofValues.get(value) ?? this.ofValue(value)
      if (says.most > most) most = says.most
      if (says.least < least) least = says.least
      pairs += says.pairs
      this.vote(id, says.vote)
    }
    this.leaning.words[id] = most + least
    this.leaning.pairs[id] = pairs
  }

  private vote(id: number, vote: NameVote): void {
    const { own, near, far } = this.leaning
    own[id] = (own[id] ?? 0) + vote[0]
    near[id] = (near[id] ?? 0) + vote[1]
    far[id] = (far[id] ?? 0) + vote[2]
  }

  private ofTag(box: Box): NameVote {
    const around = box.parent?.name ?? ''
    const inside = this.ofTags.get(around) ?? new Map<string, NameVote>()
    if (inside.size === 0) this.ofTags.set(around, inside)
    const known = inside.get(box.name)
    if (known) return known
    const votes = new VoteSum()
    for (const name of tagNames(box)) votes.add(this.evidence.ofTag(name))
    inside.set(box.name, votes.shared(1))
    return votes.shared(1)
  }

  private ofValue(value: string): ValueSays {
    const words = new Extremes()
    const pairs = new Extremes()
    const votes = new VoteSum()
    let count = 0
    for (const name of namedWords(value)) {
      count += name.length * 2 - 1
      name.forEach((word, at) => {
        const known = this.evidence.ofName(word)
        const next = name[at + 1]
        const pair = next === undefined ? undefined : known?.with(next)
        words.add(known?.leaning ?? 0)
        pairs.add(pair?.leaning ?? 0)
        votes.add(known?.vote)
        votes.add(pair?.vote)
      })
    }
    const { most, least } = words
    const says = { most, least, pairs: pairs.most + pairs.least, vote: votes.shared(evenly(count)) }
    this.ofValues.set(value, says)
    return says
  }
}

/** What the tag of a box and the tag around it say, beside the names that its author gave it. */
export function tagNames({ name, parent }: Box): string[] {
  return parent ? [`<${name}`, `<${parent.name}<${name}`] : [`<${name}`]
}

/** Words that stand together share a vote, more of them for more. */
export function evenly(count: number): number {
  return count > 0 ? 1 / Math.sqrt(count) : 0
}

class VoteSum {
  private own = 0
  private near = 0
  private far = 0

  add(vote: NameVote | undefined): void {
    if (!vote) return
    this.own += vote[0]
    this.near += vote[1]
    this.far += vote[2]
  }

  shared(share: number): NameVote {
    return [this.own * share, this.near * share, this.far * share]
  }
}

class Extremes {
  most = 0
  least = 0

  add(value: number): void {
    if (value > this.most) this.most = value
    if (value < this.least) this.least = value
  }
}
