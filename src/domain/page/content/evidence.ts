/** What was learned of a word, or of two that follow each other. */
export interface Known<Vote> {
  /** By itself: log odds of what it names or stands in, positive for content, negative for what surrounds it. */
  leaning: number
  /** Beside all others, in the linear model. */
  vote: Vote
}

/** What a word in the name of a box says of text directly in it, one or two boxes inside, and further inside. */
export type NameVote = readonly [own: number, near: number, far: number]

/** What a word says of the short block that it stands in, of the longer one that it opens, of the next, the last, and those below the heading. */
export type TextVote = readonly [short: number, opening: number, next: number, last: number, below: number]
export type TextPairVote = readonly [short: number, opening: number]

export interface KnownName extends Known<NameVote> {
  with(next: string): Known<NameVote> | undefined
}

export interface KnownText extends Known<TextVote> {
  /** Its leaning where longer texts begin with it. */
  opening: number
  with(next: string): Known<TextPairVote> | undefined
}

/** What was learned of words; `undefined` says that nothing was. */
export interface Evidence {
  /** Words of class, id, role and the like. */
  ofName(word: string): KnownName | undefined
  ofText(word: string): KnownText | undefined
  /** By `tagNames`. */
  ofTag(name: string): NameVote | undefined
  /** By `shapeOf`. */
  shapes: readonly number[]
  bias: number
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

const SPACES = /\s+/
const CAMEL = /[a-z][A-Z]/
const CAMEL_GAP = /([a-z])(?=[A-Z])/g
const NAMED_WORD = /[a-z]{2,}/g
