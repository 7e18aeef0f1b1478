import { elementsOf, inside } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'

/** What an automatic style says that Markdown can say, too. */
export interface OdfStyle {
  bold: boolean
  italic: boolean
  struck: boolean
  /** Of a list: its first level is numbered. */
  ordered: boolean
}

/** Styles by name, of text and of lists. */
export function odfStyles(root: XmlElement | undefined): Map<string, OdfStyle> {
  return new Map(elementsOf(root).map((style) => [style.attributes['name'] ?? '', styleOf(style)]))
}

function styleOf(style: XmlElement): OdfStyle {
  const text = inside(style, 'text-properties')?.attributes ?? {}
  const isStruck = (text['text-line-through-style'] ?? 'none') !== 'none'
  return {
    bold: text['font-weight'] === 'bold',
    italic: text['font-style'] === 'italic',
    struck: isStruck,
    ordered: elementsOf(style)[0]?.name === 'list-level-style-number',
  }
}
