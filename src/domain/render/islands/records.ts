import { wordCount } from '../../page/word-count.ts'
import { escaped } from './escaped.ts'
import { richText } from './rich-text.ts'

/** What one object of an island has to say. */
export interface IslandRecord {
  title?: string
  html: string
  words: number
  /** Numbers of the lists that it lies in, outermost first. */
  lists: readonly number[]
}

/** Less is a label, a button, a message. */
const LEAST_WORDS = 20
const MOST_NODES = 100_000
const MOST_DEPTH = 40
const TITLES = ['title', 'headline', 'heading', 'name']
/** What is data for the application: its words, settings and looks. */
const NOT_CONTENT =
  /^(?:__\w*|.*(?:translations?|messages|i18n|locales?|dictionar(?:y|ies)|config|settings|seo|meta|styles?|css|svg|scripts?|schema|query|footer|navigation|menus?|cookies?|consent|legal|comments?))$/i
const MARKUP = /<(?:p|h[1-6]|div|ul|ol|br|section|article|table|blockquote)\b/i

/** The objects of a value that hold text to be read, in their order. Bounded for hostile pages. */
export function islandRecords(value: unknown): IslandRecord[] {
  const found: IslandRecord[] = []
  let nodes = 0
  let lists = 0
  const visit = (node: unknown, depth: number, within: readonly number[]): void => {
    if (typeof node !== 'object' || node === null || depth > MOST_DEPTH || ++nodes > MOST_NODES) return
    if (Array.isArray(node)) {
      const inner = [...within, lists++]
      for (const item of node) visit(item, depth + 1, inner)
      return
    }
    const record = recordOf(node as Record<string, unknown>, within)
    if (record) found.push(record)
    for (const [key, inner] of Object.entries(node))
      if (!NOT_CONTENT.test(key) && richText(inner) === undefined) visit(inner, depth + 1, within)
  }
  visit(value, 0, [])
  return found
}

function recordOf(node: Readonly<Record<string, unknown>>, lists: readonly number[]): IslandRecord | undefined {
  const parts = Object.entries(node).flatMap(([key, value]) => (NOT_CONTENT.test(key) ? [] : (contentOf(value) ?? [])))
  if (parts.length === 0) return undefined
  // The same text is often there twice, cut short or without its markup: the longest says it all.
  const longest = parts.reduce((most, part) => (part.text.length > most.text.length ? part : most))
  const kept = parts.filter((part) => part === longest || !longest.text.includes(part.text.slice(0, 60)))
  const title = TITLES.map((key) => node[key]).find((each) => typeof each === 'string' && each.length < 300)
  return {
    ...(typeof title === 'string' && { title }),
    html: kept.map(({ html }) => html).join(''),
    words: kept.reduce((sum, { words }) => sum + words, 0),
    lists,
  }
}

interface Content {
  html: string
  text: string
  words: number
}

function contentOf(value: unknown): Content | undefined {
  const html = typeof value === 'string' ? proseHtml(value) : richText(value)
  if (html === undefined) return undefined
  const text = html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const words = wordCount(text)
  return words < LEAST_WORDS ? undefined : { html, text, words }
}

/** Text that people would read, as HTML; undefined for identifiers, code and data. */
function proseHtml(value: string): string | undefined {
  const text = value.trim()
  if (text.length < 2 * LEAST_WORDS || /^[[{]|^data:|^https?:\S+$/.test(text)) return undefined
  if (MARKUP.test(text)) return text
  const paragraphs = text.split(/\n\s*\n|\r?\n/).filter((line) => line.trim() !== '')
  return paragraphs.map(paragraphHtml).join('')
}

function paragraphHtml(line: string): string {
  const heading = /^(#{1,6})\s+(.+)$/.exec(line.trim())
  const tag = heading ? `h${heading[1]?.length ?? 2}` : 'p'
  return `<${tag}>${escaped(heading?.[2] ?? line)}</${tag}>`
}
