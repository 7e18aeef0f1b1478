import { escaped } from './escaped.ts'
import { type IslandText, islandText } from './island-text.ts'
import { isRichText } from './rich-text.ts'

/** What an island says of the page's subject. */
export interface Subject {
  title: string
  html: string
  words: number
}

type Node = Readonly<Record<string, unknown>>

const MOST_NODES = 100_000
const MOST_DEPTH = 40
const MOST_TEXTS = 500
const TITLES = ['title', 'headline', 'heading', 'name']
/** By these, an object inside another is a page of its own: what is related, what comes next. */
const ADDRESSES = ['slug', 'url', 'href', 'uri', 'permalink', 'link', 'path']
/** What is data for the application: its words, settings and looks; and what others have said. */
const NOT_CONTENT =
  /^(?:__\w*|.*(?:translations?|messages|i18n|locales?|dictionar(?:y|ies)|config|settings|seo|meta|styles?|css|svg|scripts?|schema|query|footer|navigation|menus?|cookies?|consent|legal|comments?|related\w*|compiledSource))$/i
/** Part of a text, by which another is known to be the same, cut short or without its markup. */
const BEGINNING = 80

/** Of all that an island has to say: with less, what the page shows lies elsewhere in it. */
const MOST_OF_IT = 0.5

/** The object that bears the page's title and has most to say. Bounded for hostile pages. */
export function subjectOf(value: unknown, titles: readonly string[]): Subject | undefined {
  let best: Subject | undefined
  let nodes = 0
  let all = 0
  const visit = (node: unknown, depth: number): void => {
    if (typeof node !== 'object' || node === null || depth > MOST_DEPTH || ++nodes > MOST_NODES) return
    if (!Array.isArray(node)) {
      const title = titleOf(node as Node)
      const subject = title !== undefined && isTitle(title, titles) ? told(title, node as Node) : undefined
      if (subject === 'too much') {
        all = Infinity
        return
      }
      // What lies inside it is part of it.
      if (subject) {
        if (!best || subject.words > best.words) best = subject
        all += subject.words
        return
      }
    }
    for (const inner of Object.values(node)) {
      const text = islandText(inner)
      if (text) all += text.words
      else visit(inner, depth + 1)
    }
  }
  visit(value, 0)
  return best && best.words >= all * MOST_OF_IT ? best : undefined
}

function titleOf(node: Node): string | undefined {
  const title = TITLES.map((key) => node[key]).find((each) => typeof each === 'string' && each.length < 300)
  return typeof title === 'string' && title.trim() !== '' ? title.trim() : undefined
}

/** Pages put their site's name after their own title, and seldom before it. */
function isTitle(title: string, titles: readonly string[]): boolean {
  const own = plain(title)
  return titles
    .map(plain)
    .some(
      (whole) =>
        (whole.startsWith(own) && own.length * 4 > whole.length) ||
        (whole.includes(own) && own.length * 2 > whole.length),
    )
}

function plain(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function told(title: string, node: Node): Subject | 'too much' | undefined {
  const parts: (IslandText | { heading: string })[] = []
  gather(node, 0, parts)
  const texts = parts.filter((part) => 'text' in part)
  if (texts.length === 0) return undefined
  if (texts.length > MOST_TEXTS) return 'too much'
  const kept = parts.filter((part) => !('text' in part) || !isTold(part, texts))
  const html = kept.map((part) => ('text' in part ? part.html : `<h2>${escaped(part.heading)}</h2>`)).join('')
  return { title, html, words: texts.reduce((sum, part) => (kept.includes(part) ? sum + part.words : sum), 0) }
}

/** All that an object and the objects in it have to say, in their order. */
function gather(node: Node, depth: number, parts: (IslandText | { heading: string })[]): void {
  if (depth > MOST_DEPTH || parts.length > 2 * MOST_TEXTS) return
  for (const [key, value] of Object.entries(node)) {
    if (NOT_CONTENT.test(key)) continue
    const text = islandText(value)
    if (text) parts.push(text)
    else if (!isRichText(value)) for (const inner of objectsIn(value)) gatherInner(inner, depth, parts)
  }
}

function gatherInner(inner: Node, depth: number, parts: (IslandText | { heading: string })[]): void {
  const heading = titleOf(inner)
  if (heading !== undefined && ADDRESSES.some((key) => inner[key] !== undefined)) return
  const before = parts.length
  gather(inner, depth + 1, parts)
  if (heading !== undefined && parts.length > before) parts.splice(before, 0, { heading })
}

function objectsIn(value: unknown, depth = 0): Node[] {
  if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return []
  return Array.isArray(value) ? value.flatMap((item) => objectsIn(item, depth + 1)) : [value as Node]
}

function isTold(part: IslandText, texts: readonly IslandText[]): boolean {
  const beginning = part.text.slice(0, BEGINNING)
  return texts.some(
    (other, at) =>
      other !== part &&
      other.text.includes(beginning) &&
      (other.text.length > part.text.length || (other.text.length === part.text.length && at < texts.indexOf(part))),
  )
}
