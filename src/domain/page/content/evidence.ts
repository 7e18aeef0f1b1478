import { Element } from 'domhandler'
import type { Box } from './outline.ts'

/** What words say about being content, as log odds: positive for content, negative for what surrounds it, 0 unknown. */
export interface Evidence {
  /** Words of class, id, role and the like. */
  ofName(word: string): number
  /** Words of short texts. */
  ofText(word: string): number
}

const NAMING = ['class', 'id', 'role', 'itemprop', 'aria-label'] as const
const MAX_NAME_LENGTH = 300

/** All that an element's author named it with, in one string. */
export function namingOf(box: Box): string {
  if (!(box.node instanceof Element)) return ''
  let all = ''
  for (const attribute of NAMING) {
    const value = box.node.attribs[attribute]
    if (value !== undefined) all += ` ${value.slice(0, MAX_NAME_LENGTH)}`
  }
  return all
}

/** The words in a naming: `main-navBar` gives main, nav and bar. */
export function namedWords(naming: string): string[] {
  const words = naming
    .replace(/([a-z])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .match(/[a-z]{2,}/g)
  return words === null ? [] : [...new Set(words)]
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
