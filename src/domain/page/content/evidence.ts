import { Element } from 'domhandler'
import type { Box } from './outline.ts'

/** What words say about being content, as log odds: positive for content, negative for what surrounds it, 0 unknown. */
export interface Evidence {
  /** Words of class, id, role and the like. */
  ofName(word: string): number
  /** Words of short texts. */
  ofText(word: string): number
}

export const NAMING = ['class', 'id', 'role', 'itemprop', 'aria-label'] as const
const MAX_NAME_LENGTH = 300

/** The words in a name: `main-navBar` gives main, nav and bar. */
export function namedWords(name: string): string[] {
  const short = name.length > MAX_NAME_LENGTH ? name.slice(0, MAX_NAME_LENGTH) : name
  const apart = CAMEL.test(short) ? short.replace(CAMEL_GAP, '$1 ') : short
  return apart.toLowerCase().match(NAMED_WORD) ?? []
}

const CAMEL = /[a-z][A-Z]/
const CAMEL_GAP = /([a-z])(?=[A-Z])/g
const NAMED_WORD = /[a-z]{2,}/g

/** All words that an element's author named it with, each once. */
export function namesOf(box: Box): string[] {
  const { node } = box
  if (!(node instanceof Element)) return []
  return [...new Set(NAMING.flatMap((attribute) => namedWords(node.attribs[attribute] ?? '')))]
}

export interface Leaning {
  most: number
  least: number
  sum: number
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
  return { most, least, sum }
}
