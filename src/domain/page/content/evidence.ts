/** What words say about being content, as log odds: positive for content, negative for what surrounds it, 0 unknown. */
export interface Evidence {
  /** Words of class, id, role and the like, and pairs that follow each other in one name. */
  ofName: (word: string) => number
  ofNamePair: (first: string, second: string) => number
  /** Words of short texts, and pairs that follow each other in them. */
  ofText: (word: string) => number
  ofTextPair: (first: string, second: string) => number
  /** Words that longer texts begin with. */
  ofOpening: (word: string) => number
}

export const NAMING = ['class', 'id', 'role', 'itemprop', 'aria-label'] as const
const MAX_NAME_LENGTH = 300

/** The words in each of several names, as in a class attribute: `main-navBar wide` gives main, nav, bar and wide. */
export function namedWords(names: string): string[][] {
  const short = names.length > MAX_NAME_LENGTH ? names.slice(0, MAX_NAME_LENGTH) : names
  const words: string[][] = []
  for (const name of short.split(SPACES)) {
    const apart = CAMEL.test(name) ? name.replace(CAMEL_GAP, '$1 ') : name
    const found = apart.toLowerCase().match(NAMED_WORD)
    if (found) words.push(found)
  }
  return words
}

/** The words of the names of one page. Names recur all over it: each is taken apart once. */
export class NameWords {
  private readonly known = new Map<string, string[][]>()

  of(names: string): string[][] {
    const known = this.known.get(names)
    if (known) return known
    const words = namedWords(names)
    this.known.set(names, words)
    return words
  }
}

const SPACES = /\s+/
const CAMEL = /[a-z][A-Z]/
const CAMEL_GAP = /([a-z])(?=[A-Z])/g
const NAMED_WORD = /[a-z]{2,}/g
