import { type DataIsland, type IslandKind, dataIslands } from './data-island.ts'
import { escaped } from './escaped.ts'
import { type IslandRecord, islandRecords } from './records.ts'

/** The content of a page whose source has it as data only. */
export interface IslandContent {
  kind: IslandKind
  html: string
  words: number
}

/** With less the page may have more to show than its data say. */
const LEAST_WORDS = 100
/** What one object, or the objects of one list, must hold of all that there is, to be what the page is about. */
const MOST_OF_IT = 0.6
const NEARLY_ALL = 0.8

/**
 * What a page would show, from the data that it carries for its scripts; undefined where they say too little, or too much
 * to tell which of it is shown.
 */
export function islandContent(source: string): IslandContent | undefined {
  const contents = dataIslands(source).flatMap((island) => contentOf(island) ?? [])
  // Of two that say the same, the application's own is the one with paragraphs.
  return contents.reduce<IslandContent | undefined>(
    (best, each) => (best && best.words * 1.1 >= each.words && best.kind !== 'json_ld' ? best : each),
    undefined,
  )
}

/** The page's source with the content where its scripts would put it. */
export function withContent(source: string, { html }: IslandContent): string {
  const article = `<article>${html}</article>`
  const body = /<body\b[^>]*>/i.exec(source)
  if (!body) return article + source
  const at = body.index + body[0].length
  return source.slice(0, at) + article + source.slice(at)
}

function contentOf({ kind, value }: DataIsland): IslandContent | undefined {
  const shown = shownOf(islandRecords(value))
  const words = sum(shown)
  if (words < LEAST_WORDS) return undefined
  const heading = shown.length === 1 ? 'h1' : 'h2'
  const html = shown.map(({ title, html: own }) =>
    title === undefined ? own : `<${heading}>${escaped(title)}</${heading}>${own}`,
  )
  return { kind, html: html.join(''), words }
}

/** What nearly all of it lies in, as a list of posts or of a page's parts; else the one object that has most of it. */
function shownOf(records: readonly IslandRecord[]): readonly IslandRecord[] {
  const all = sum(records)
  const inLists = new Map<number, number>()
  for (const { lists, words } of records) for (const list of lists) inLists.set(list, (inLists.get(list) ?? 0) + words)
  // Lists are numbered from the outside in.
  const main = [...inLists].reduce(
    (last, [list, words]) => (words >= all * NEARLY_ALL ? Math.max(last, list) : last),
    -1,
  )
  if (main >= 0) return records.filter(({ lists }) => lists.includes(main))
  const largest = records.reduce<IslandRecord | undefined>(
    (most, record) => (most && most.words >= record.words ? most : record),
    undefined,
  )
  return largest && largest.words >= all * MOST_OF_IT ? [largest] : []
}

function sum(records: readonly IslandRecord[]): number {
  return records.reduce((words, record) => words + record.words, 0)
}
