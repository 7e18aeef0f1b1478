import { type JsonLdNode, hasType, textOfProperty } from './json-ld.ts'
import { likeness, wordsOf } from './page-heading.ts'

const WORK =
  /(?:Article|Posting|WebPage|Product|Recipe|Question|Event|Book|Course|HowTo|Video|Movie|Review|Report|NewsMedia)/
/** What somebody writes. */
const WRITTEN = /(?:Article|Posting|Report|Question|QAPage|Review|Recipe|Blog)$/

/** What a page states of itself more often than so is a list. */
const MOST_WORKS = 20
/** So many works of one type, each with a headline of its own, are those that the page lists. */
const LIST = 3
const AGREES = 0.5

/** The nodes that stand for the page itself, of those that stand in no other: of a list only what bears its title. */
export function pageWorks(tops: readonly JsonLdNode[], titles: readonly string[]): JsonLdNode[] {
  const works = tops.filter((node) => hasType(node, WORK)).slice(0, MOST_WORKS)
  const alike = Map.groupBy(works.filter(isWritten), (work) => String(work['@type']))
  const listed = new Set([...alike.values()].filter((group) => new Set(group.map(headlineOf)).size >= LIST).flat())
  if (listed.size === 0) return works
  const wanted = titles.map(wordsOf)
  const isPage = (work: JsonLdNode) => {
    const words = wordsOf(headlineOf(work))
    return wanted.some((title) => likeness(words, title) >= AGREES)
  }
  return works.filter((work) => !listed.has(work) || isPage(work))
}

export function isWritten(work: JsonLdNode): boolean {
  return hasType(work, WRITTEN)
}

function headlineOf(work: JsonLdNode): string {
  return (textOfProperty(work['headline']) ?? textOfProperty(work['name']) ?? '').slice(0, 1_000)
}
