import { Element } from 'domhandler'
import { type Evidence, NAMING, namedWords } from './evidence.ts'
import type { Box } from './outline.ts'

interface Ends {
  most: number
  least: number
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

  private endsOf(value: string): Ends {
    const ends: Ends = { most: 0, least: 0 }
    for (const word of namedWords(value)) {
      const said = this.evidence.ofName(word)
      if (said > ends.most) ends.most = said
      if (said < ends.least) ends.least = said
    }
    this.known.set(value, ends)
    return ends
  }
}
