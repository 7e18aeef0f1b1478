import { Element } from 'domhandler'
import { type Evidence, NAMING, namedPairs, namedWords } from './evidence.ts'
import type { Box } from './outline.ts'

interface Ends {
  most: number
  least: number
  /** The strongest pairs of words for and against, added up. */
  pairs: number
}

/** What the words that authors named boxes with say. Names recur all over a page: each is looked at once. */
export class NameLeaning {
  private readonly evidence: Evidence
  private readonly known = new Map<string, Ends>()

  constructor(evidence: Evidence) {
    this.evidence = evidence
  }

  /** The strongest word for and the strongest against being content, added up. */
  of({ node }: Box): number {
    if (!(node instanceof Element)) return 0
    let most = 0
    let least = 0
    for (const attribute of NAMING) {
      const value = node.attribs[attribute]
      if (value === undefined || value === '') continue
      const ends = this.known.get(value) ?? this.endsOf(value)
      if (ends.most > most) most = ends.most
      if (ends.least < least) least = ends.least
    }
    return most + least
  }

  /** The same of the pairs of words, added up over the attributes. */
  ofPairs({ node }: Box): number {
    if (!(node instanceof Element)) return 0
    let sum = 0
    for (const attribute of NAMING) {
      const value = node.attribs[attribute]
      if (value !== undefined && value !== '') sum += (this.known.get(value) ?? this.endsOf(value)).pairs
    }
    return sum
  }

  private endsOf(value: string): Ends {
    const words = this.extremes(namedWords(value))
    const pairs = this.extremes(namedPairs(value))
    const ends = { ...words, pairs: pairs.most + pairs.least }
    this.known.set(value, ends)
    return ends
  }

  private extremes(words: readonly string[]): { most: number; least: number } {
    let most = 0
    let least = 0
    for (const word of words) {
      const said = this.evidence.ofName(word)
      if (said > most) most = said
      if (said < least) least = said
    }
    return { most, least }
  }
}
