import { escaped } from '../../feed.ts'
import type { LaidOut } from '../../laid-out.ts'
import type { PackageParts } from '../package-parts.ts'
import { CellBudget, type Sheet, sheetsAsHtml } from '../sheet-html.ts'
import { elementsOf, everywhere, inside, isOn, textOf } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'
import { type Workbook, cellText } from './cell-text.ts'
import { numberFormats } from './number-formats.ts'

/** SpreadsheetML (ECMA-376 part 1, §18) as HTML: what a reader of the visible sheets would see. */
export function layOutXlsx(parts: PackageParts): Pick<LaidOut, 'html' | 'warnings'> {
  const main = parts.mainPart('xl/workbook.xml')
  const links = parts.relationships(main)
  const part = (type: string) => [...links.values()].find((each) => each.type === type)?.target
  const root = parts.root(main)
  const workbook: Workbook = {
    strings: sharedStrings(parts.root(part('sharedStrings') ?? 'xl/sharedStrings.xml')),
    formats: numberFormats(parts.root(part('styles') ?? 'xl/styles.xml')),
    startsIn1904: isOn1904(inside(root, 'workbookPr')),
  }
  const budget = new CellBudget()
  const sheets: Sheet[] = []
  for (const { attributes } of elementsOf(inside(root, 'sheets'))) {
    const target = links.get(attributes['rid'] ?? '')?.target
    if (target === undefined || budget.exceeded || (attributes['state'] ?? 'visible') !== 'visible') continue
    sheets.push({ name: attributes['name'] ?? '', rows: rowsOf(parts, target, workbook, budget) })
  }
  return { html: sheetsAsHtml(sheets, escaped), warnings: budget.warnings }
}

function isOn1904(properties: XmlElement | undefined): boolean {
  const value = properties?.attributes['date1904']
  return value !== undefined && isOn({ name: '', attributes: { val: value }, children: [] })
}

/** A string may be in pieces of different look; readings aids for Japanese stand beside it (§18.4.6). */
function sharedStrings(root: XmlElement | undefined): string[] {
  return elementsOf(root).map(richText)
}

function richText(holder: XmlElement): string {
  return elementsOf(holder)
    .map((piece) => (piece.name === 't' ? textOf(piece) : piece.name === 'r' ? textOf(inside(piece, 't')) : ''))
    .join('')
}

function rowsOf(parts: PackageParts, part: string, workbook: Workbook, budget: CellBudget): string[][] {
  const root = parts.root(part)
  const links = hyperlinks(parts, part, root)
  const rows: string[][] = []
  for (const row of elementsOf(inside(root, 'sheetData'))) {
    const cells = cellsOf(row, workbook, links)
    if (cells.every((cell) => cell === '')) continue
    if (!budget.takeRow(cells.length)) break
    rows.push(cells)
  }
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  return rows.map((row) => [...row, ...Array.from<string>({ length: width - row.length }).fill('')])
}

/** Columns that a sheet is read for. */
const MAX_COLUMNS = 256

function cellsOf(row: XmlElement, workbook: Workbook, links: ReadonlyMap<string, string>): string[] {
  const cells: string[] = []
  for (const cell of elementsOf(row)) {
    if (cell.name !== 'c') continue
    const reference = cell.attributes['r'] ?? ''
    const column = columnOf(reference) ?? cells.length
    if (column >= MAX_COLUMNS) break
    while (cells.length < column) cells.push('')
    const text = escaped(cell.attributes['t'] === 'inlineStr' ? inlineText(cell) : cellText(cell, workbook))
    const href = links.get(reference)
    cells[column] = href === undefined || text === '' ? text : `<a href="${escaped(href)}">${text}</a>`
  }
  return cells
}

function inlineText(cell: XmlElement): string {
  const holder = inside(cell, 'is')
  return holder ? richText(holder) : ''
}

/** `BC12` is in column 54, counted from 0. */
function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference)?.[0]
  if (letters === undefined) return undefined
  return Array.from(letters).reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function hyperlinks(parts: PackageParts, part: string, root: XmlElement | undefined): Map<string, string> {
  const links = everywhere(root, 'hyperlink')
  if (links.length === 0) return new Map()
  const targets = parts.relationships(part)
  return new Map(
    links.flatMap(({ attributes: { rid = '', ref = '' } }) => {
      const link = targets.get(rid)
      return link?.external ? [[ref.split(':')[0] ?? '', link.target] as const] : []
    }),
  )
}
