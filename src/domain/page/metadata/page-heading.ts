import type { Element } from '../tree/nodes.ts'
import type { Survey } from '../survey.ts'
import { openingText } from './opening-text.ts'
import { lettersOf, titleParts } from './site-name.ts'

/** An element that heads the page, and its text. */
export interface PageHeading {
  element: Element
  text: string
  /** How far its words are those of the page's title, 0 to 1; 1 also for a whole part of the title. */
  agreement: number
}

/** From here on a heading is that of the title: an `h1`, and one that isn't marked as such. */
const AGREES = { first: 0.3, other: 0.6 }
/** Headings looked at. */
const MOST = 200

/** The heading that the page's titles agree with most; the first `h1` where none does. */
export function pageHeading(seen: Survey, titles: readonly string[]): PageHeading | undefined {
  const wanted = titles
    .filter((title) => title !== '')
    .map((title) => ({ words: wordsOf(title), parts: titleParts(title) }))
  const first = best(seen.headings, wanted)
  if (first && first.agreement >= AGREES.first) return first
  const other = best(seen.subheadings, wanted)
  return other && other.agreement >= AGREES.other ? other : first
}

interface Wanted {
  words: string[]
  parts: string[]
}

function best(elements: readonly Element[], wanted: readonly Wanted[]): PageHeading | undefined {
  let found: PageHeading | undefined
  for (const element of elements.slice(0, MOST)) {
    const text = headingText(element)
    if (text === '') continue
    const words = wordsOf(text)
    const letters = lettersOf(text)
    const agreement = Math.max(
      0,
      ...wanted.map(({ parts, words: others }) =>
        parts.includes(letters) && (parts[0] === letters || words.length > 2) ? 1 : likeness(words, others),
      ),
    )
    if (!found || agreement > found.agreement) found = { element, text, agreement }
  }
  return found
}

/** Without soft hyphens, and the sign of a link to the heading itself. */
function headingText(element: Element): string {
  return openingText(element)
    .replaceAll('\u00ad', '')
    .replace(/\s*[¶#]$/, '')
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}

/** F1 of two sets of words. */
export function likeness(some: readonly string[], others: readonly string[]): number {
  const set = new Set(others)
  const own = new Set(some)
  const shared = [...own].filter((word) => set.has(word)).length
  return shared === 0 ? 0 : (2 * shared) / (own.size + set.size)
}
