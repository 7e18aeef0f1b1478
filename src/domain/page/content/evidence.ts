import { Element } from 'domhandler'
import type { Box } from './outline.ts'

/** What words say about being content, as log odds: positive for content, negative for what surrounds it, 0 unknown. */
export interface Evidence {
  /** Words of class, id, role and the like. */
  ofName(word: string): number
  /** Words of short texts, and pairs that follow each other in them, parted by a space. */
  ofText(word: string): number
  /** Words that longer texts begin with. */
  ofOpening(word: string): number
}

export const NAMING = ['class', 'id', 'role', 'itemprop', 'aria-label'] as const
const MAX_NAME_LENGTH = 300

/** The words in a name: `main-navBar` gives main, nav and bar. */
export function namedWords(name: string): string[] {
  const short = name.length > MAX_NAME_LENGTH ? name.slice(0, MAX_NAME_LENGTH) : name
  const apart = CAMEL.test(short) ? short.replace(CAMEL_GAP, '$1 ') : short
  return apart.toLowerCase().match(NAMED_WORD) ?? []
}

/** Words that follow each other in one name: `main-navBar` gives main-nav and nav-bar. */
export function namedPairs(name: string): string[] {
  const pairs: string[] = []
  for (const token of (name.length > MAX_NAME_LENGTH ? name.slice(0, MAX_NAME_LENGTH) : name).split(/\s+/)) {
    const words = namedWords(token)
    for (let at = 1; at < words.length; at++) pairs.push(`${words[at - 1]}-${words[at]}`)
  }
  return pairs
}

const CAMEL = /[a-z][A-Z]/
const CAMEL_GAP = /([a-z])(?=[A-Z])/g
const NAMED_WORD = /[a-z]{2,}/g

/** All words that an element's author named it with, each once. */
export function namesOf(box: Box): string[] {
  const { node } = box
  if (!(node instanceof Element)) return []
  return [
    ...new Set(
      NAMING.flatMap((attribute) => {
        const value = node.attribs[attribute] ?? ''
        return [...namedWords(value), ...namedPairs(value)]
      }),
    ),
  ]
}

/** Words that follow each other. */
export function pairsOf(words: readonly string[]): string[] {
  const pairs: string[] = []
  for (let at = 1; at < words.length; at++) pairs.push(`${words[at - 1]} ${words[at]}`)
  return pairs
}

export interface Leaning {
  most: number
  least: number
  sum: number
  mean: number
}

/** Sums up what several words say. */
export function leaning(words: readonly string[], evidenceOf: (word: string) => number): Leaning {
  let most = 0
  let least = 0
  let sum = 0
  for (const word of words) {
    const value = evidenceOf(word)
    sum += value
    if (value > most) most = value
    if (value < least) least = value
  }
  return { most, least, sum, mean: words.length > 0 ? sum / words.length : 0 }
}
