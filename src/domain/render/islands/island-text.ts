import { wordCount } from '../../page/word-count.ts'
import { escaped } from './escaped.ts'
import { richText } from './rich-text.ts'

/** A text of an island, as people would read it. */
export interface IslandText {
  html: string
  text: string
  words: number
}

/** Less is a label, a button, a message. */
const LEAST_WORDS = 15
const MARKUP = /<(?:p|h[1-6]|div|ul|ol|br|section|article|table|blockquote)\b/i
const JUDGED_CHARACTERS = 5_000

/** Undefined for identifiers, code and data. */
export function islandText(value: unknown): IslandText | undefined {
  const html = typeof value === 'string' ? proseHtml(value.trim()) : richText(value)
  if (html === undefined) return undefined
  const text = html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const words = wordCount(text)
  return words < LEAST_WORDS ? undefined : { html, text, words }
}

function proseHtml(text: string): string | undefined {
  if (text.length < 2 * LEAST_WORDS || /^[[{]|^data:|^https?:\S+$/.test(text) || isCode(text)) return undefined
  if (MARKUP.test(text)) return text
  const paragraphs = text.split(/\n+/).filter((line) => line.trim() !== '')
  return paragraphs.map(paragraphHtml).join('')
}

/** As compiled MDX, styles and queries are: much of it is brackets and the like. */
function isCode(text: string): boolean {
  const judged = text.slice(0, JUDGED_CHARACTERS)
  return (judged.match(/[{}=;_$|\\]/g)?.length ?? 0) > judged.length * 0.02 && !MARKUP.test(judged)
}

function paragraphHtml(line: string): string {
  const heading = /^(#{1,6})\s+(.+)$/.exec(line.trim())
  const tag = heading ? `h${heading[1]?.length ?? 2}` : 'p'
  return `<${tag}>${escaped(heading?.[2] ?? line)}</${tag}>`
}
