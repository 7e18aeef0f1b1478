import type { Block } from '../list-html.ts'
import { blocksAsHtml } from '../list-html.ts'
import type { Relationship } from '../package-parts.ts'
import { elementsOf, everywhere, inside, isOn } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'
import { writeInline } from './docx-inline.ts'
import type { DocxNumbering } from './docx-numbering.ts'
import { type DocxStyle, outlineHeading } from './docx-styles.ts'

/** What a document's blocks refer to. */
export interface Docx {
  links: ReadonlyMap<string, Relationship>
  styles: ReadonlyMap<string, DocxStyle>
  numbering: DocxNumbering
  /** Notes in the order in which the text refers to them. */
  notesSeen: { kind: 'footnote' | 'endnote'; id: string }[]
}

/** Wrappers that mean nothing to a reader; of alternate contents the first is read (ECMA-376 part 3, §7). */
const WRAPPERS: ReadonlySet<string> = new Set(['sdt', 'sdtContent', 'customXml', 'ins', 'moveTo', 'smartTag'])

export function writeBlocks(docx: Docx, container: XmlElement | undefined): Block[] {
  return elementsOf(container).flatMap((child) => {
    if (child.name === 'p') return writeParagraph(docx, child)
    if (child.name === 'tbl') return [{ kind: 'html', html: writeTable(docx, child) } as const]
    return WRAPPERS.has(child.name) ? writeBlocks(docx, child) : []
  })
}

function writeParagraph(docx: Docx, paragraph: XmlElement): Block[] {
  const html = writeInline(docx, paragraph)
  const boxes = textBoxes(paragraph).flatMap((box) => writeBlocks(docx, box))
  if (html.trim() === '') return boxes
  return [paragraphBlock(docx, inside(paragraph, 'pPr'), html), ...boxes]
}

function paragraphBlock(docx: Docx, properties: XmlElement | undefined, html: string): Block {
  const style = docx.styles.get(inside(properties, 'pStyle')?.attributes['val'] ?? '')
  const heading = outlineHeading(properties) ?? style?.heading
  if (heading !== undefined) return { kind: 'html', html: `<h${heading}>${html}</h${heading}>` }
  const list = inside(properties, 'numPr') ?? style?.list
  const level = Number(inside(list, 'ilvl')?.attributes['val'] ?? '0')
  const numberId = inside(list, 'numId')?.attributes['val']
  const format = numberId === undefined ? 'none' : docx.numbering(numberId, level)
  if (format === 'none') return { kind: 'html', html: `<p>${html}</p>` }
  return { kind: 'item', html, level, ordered: format === 'ordered' }
}

/** Text boxes float beside the paragraph that anchors them; each is written twice, for new and for old readers. */
function textBoxes(paragraph: XmlElement): XmlElement[] {
  return elementsOf(paragraph).flatMap((child) => {
    if (child.name === 'txbxContent') return [child]
    if (child.name === 'AlternateContent') return textBoxes({ ...child, children: elementsOf(child).slice(0, 1) })
    return textBoxes(child)
  })
}

function writeTable(docx: Docx, table: XmlElement): string {
  const rows = tableParts(table, 'tr').map((row, index) => {
    const tag = index === 0 || isOn(inside(row, 'trPr', 'tblHeader')) ? 'th' : 'td'
    const cells = tableParts(row, 'tc').map((cell) => writeCell(docx, cell, tag))
    return `<tr>${cells.join('')}</tr>`
  })
  return `<table>${rows.join('')}</table>`
}

/** Rows of a table or cells of a row, those in content controls and tracked insertions, too. */
function tableParts(parent: XmlElement, name: 'tr' | 'tc'): XmlElement[] {
  return elementsOf(parent).flatMap((child) => {
    if (child.name === name) return [child]
    return WRAPPERS.has(child.name) ? tableParts(child, name) : []
  })
}

function writeCell(docx: Docx, cell: XmlElement, tag: string): string {
  const properties = inside(cell, 'tcPr')
  const span = Number(inside(properties, 'gridSpan')?.attributes['val'] ?? '1')
  const merge = inside(properties, 'vMerge')
  const isContinued = merge !== undefined && merge.attributes['val'] !== 'restart'
  const html = isContinued ? '' : blocksAsHtml(writeBlocks(docx, cell))
  return `<${tag}${span > 1 && span <= 64 ? ` colspan="${span}"` : ''}>${html}</${tag}>`
}

/** A text's paragraphs in one: for notes. */
export function writeNote(docx: Docx, note: XmlElement): string {
  return everywhere(note, 'p')
    .map((paragraph) => writeInline(docx, paragraph))
    .join(' ')
    .trim()
}
