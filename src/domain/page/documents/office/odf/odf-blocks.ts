import { escaped } from '../../feed.ts'
import { elementsOf, inside, isElement, textOf } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'
import type { OdfStyle } from './odf-styles.ts'

export interface Odf {
  styles: ReadonlyMap<string, OdfStyle>
  /** Foot- and endnotes so far, as HTML. */
  notes: string[]
}

/** Not part of what the document says now: deleted text, comments, forms, indexes made of the text itself. */
const UNREAD: ReadonlySet<string> = new Set([
  'tracked-changes',
  'annotation',
  'forms',
  'table-of-content',
  'alphabetical-index',
  'sequence-decls',
  'notes',
])

export function writeOdfBlocks(odf: Odf, container: XmlElement): string {
  return elementsOf(container)
    .map((child) => writeBlock(odf, child))
    .join('')
}

function writeBlock(odf: Odf, element: XmlElement): string {
  const { name, attributes } = element
  if (UNREAD.has(name)) return ''
  switch (name) {
    case 'p':
      return wrapped('p', writeOdfInline(odf, element))
    case 'h': {
      const level = Math.min(Math.max(Number(attributes['outline-level'] ?? '1') || 1, 1), 6)
      return wrapped(`h${level}`, writeOdfInline(odf, element))
    }
    case 'list':
      return writeList(odf, element)
    case 'table':
      return writeTable(odf, element)
    default:
      return writeOdfBlocks(odf, element)
  }
}

function wrapped(tag: string, html: string): string {
  return html.trim() === '' ? '' : `<${tag}>${html}</${tag}>`
}

function writeList(odf: Odf, list: XmlElement): string {
  const tag = odf.styles.get(list.attributes['style-name'] ?? '')?.ordered ? 'ol' : 'ul'
  const items = elementsOf(list).map((item) => wrapped('li', writeOdfBlocks(odf, item)))
  return wrapped(tag, items.join(''))
}

/** Repetition is for spreadsheets; here it would only multiply what a text shows once. */
function writeTable(odf: Odf, table: XmlElement): string {
  const html = tableRows(table).map((row, index) => {
    const tag = index === 0 ? 'th' : 'td'
    const cells = elementsOf(row).filter(({ name }) => name === 'table-cell')
    return `<tr>${cells.map((cell) => `<${tag}>${writeOdfBlocks(odf, cell)}</${tag}>`).join('')}</tr>`
  })
  return `<table>${html.join('')}</table>`
}

/** Rows stand in the table itself, in its head, or in groups. */
export function tableRows(table: XmlElement): XmlElement[] {
  return elementsOf(table).flatMap((child) => {
    if (child.name === 'table-row') return [child]
    return /^table-(?:header-rows|rows|row-group)$/.test(child.name) ? tableRows(child) : []
  })
}

/** Spaces that one `<text:s>` may stand for: they mean nothing in Markdown. */
const SPACES = new Map([
  ['s', ' '],
  ['tab', ' '],
  ['line-break', '<br>'],
])

export function writeOdfInline(odf: Odf, parent: XmlElement): string {
  return parent.children.map((node) => (isElement(node) ? writePiece(odf, node) : escaped(node))).join('')
}

function writePiece(odf: Odf, element: XmlElement): string {
  const { name, attributes } = element
  if (UNREAD.has(name) || name === 'title' || name === 'desc') return ''
  const space = SPACES.get(name)
  if (space !== undefined) return space
  if (name === 'note') return writeNote(odf, element)
  const html = writeOdfInline(odf, element)
  if (name === 'a' && html !== '') return `<a href="${escaped(attributes['href'] ?? '')}">${html}</a>`
  // Paragraphs in a box that stands in the line.
  if (name === 'p') return `${html} `
  return name === 'span' ? formatted(html, odf.styles.get(attributes['style-name'] ?? '')) : html
}

function formatted(html: string, style: OdfStyle | undefined): string {
  if (!style || html.trim() === '') return html
  const struck = style.struck ? `<s>${html}</s>` : html
  const slanted = style.italic ? `<i>${struck}</i>` : struck
  return style.bold ? `<b>${slanted}</b>` : slanted
}

/** Notes of one document; more are no help to a reader. */
const MAX_NOTES = 2_000

function writeNote(odf: Odf, note: XmlElement): string {
  if (odf.notes.length >= MAX_NOTES) return ''
  const number = odf.notes.push('')
  const body = inside(note, 'note-body')
  odf.notes[number - 1] = elementsOf(body)
    .map((block) => (block.name === 'p' ? writeOdfInline(odf, block) : escaped(textOf(block))))
    .join(' ')
  return `<sup>[${number}]</sup>`
}
