import { Element } from '../tree/nodes.ts'
import { type Evidence, NAMING, type NameWords } from './evidence.ts'
import type { Box } from './outline.ts'

interface Ends {
  most: number
  least: number
  /** The strongest pairs of words for and against, added up. */
  pairs: number
}

export interface NameSays {
  /** The strongest word for and the strongest against being content, added up. */
  words: number
  /** The same of the pairs of words, added up over the attributes. */
  pairs: number
}

const NOTHING: NameSays = { words: 0, pairs: 0 }

/** What the words that authors named boxes with say. Names recur all over a page: each is looked at once. */
export class NameLeaning {
  private readonly evidence: Evidence
  private readonly nameWords: NameWords
  private readonly known = new Map<string, Ends>()

  constructor(evidence: Evidence, nameWords: NameWords) {
    this.evidence = evidence
    this.nameWords = nameWords
  }

  of({ node }: Box): NameSays {
    if (!(node instanceof Element)) return NOTHING
    let most = 0
    let least = 0
    let pairs = 0
    for (const attribute of NAMING) {
      const value = node.attribs[attribute]
      if (value === undefined || value === '') continue
      const ends = this.known.get(value) ?? this.endsOf(value)
      if (ends.most > most) most = ends.most
      if (ends.least < least) least = ends.least
      pairs += ends.pairs
    }
    return { words: most + least, pairs }
  }

  private endsOf(value: string): Ends {
    const { ofName, ofNamePair } = this.evidence
    const words = new Extremes()
    const pairs = new Extremes()
    for (const name of this.nameWords.of(value)) {
      name.forEach((word, at) => {
        words.add(ofName(word))
        if (at > 0) pairs.add(ofNamePair(name[at - 1] ?? '', word))
      })
    }
    const ends = { most: words.most, least: words.least, pairs: pairs.most + pairs.least }
    this.known.set(value, ends)
    return ends
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
