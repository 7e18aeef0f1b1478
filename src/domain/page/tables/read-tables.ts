import { type ChildNode, Element, type ParentNode, Text } from '../tree/nodes.ts'
import type { Selection } from '../content/selection.ts'
import { isLayoutTable, rowsOf } from '../markdown/table-shape.ts'
import type { PageWarning } from '../page.ts'
import { writeText } from '../text.ts'
import { attribute, collapse } from '../tree/reading-nodes.ts'
import type { PageTable } from './page-table.ts'
import { type GridRow, tableGrid } from './table-grid.ts'

/** Cells and characters of one document's tables, spans expanded. */
const MOST_CELLS = 50_000
const MOST_CHARACTERS = 2_000_000

export interface TablesReading {
  tables: PageTable[]
  warnings: PageWarning[]
}

/** What may still be read of one document. */
export class TablesAllowance {
  cells = MOST_CELLS
  characters = MOST_CHARACTERS
}

/** The tables that hold values, in document order; those that only lay out the page are looked into. */
export function readTables({ root, drops }: Selection, left: TablesAllowance): TablesReading {
  const tables: PageTable[] = []
  for (const table of tablesIn(root, drops)) {
    const { read, isCut } = readTable(table, drops, left.cells)
    left.characters -= read ? lengthOf(read) : 0
    if (read && left.characters >= 0) tables.push(read)
    if (isCut) left.cells = 0
    if (isCut || left.characters < 0) return { tables, warnings: [TRUNCATED] }
    left.cells -= read ? (read.rows.length + 1) * (read.rows[0]?.length ?? 0) : 0
  }
  return { tables, warnings: [] }
}

const TRUNCATED: PageWarning = {
  code: 'tables_truncated',
  detail: 'The tables hold more than is read; the rest is missing.',
}

function lengthOf({ headers, rows }: PageTable): number {
  return [headers, ...rows].reduce((sum, row) => sum + row.reduce((length, cell) => length + cell.length, 0), 0)
}

type Drops = (node: ChildNode) => boolean

function* tablesIn(node: ParentNode, drops: Drops): Generator<Element> {
  for (const child of node.children) {
    if (!(child instanceof Element) || drops(child)) continue
    if (child.name === 'table' && holdsValues(child, drops)) yield child
    else yield* tablesIn(child, drops)
  }
}

/** A list under a heading of its own is a table, too, although nothing stands beside it. */
function holdsValues(table: Element, drops: Drops): boolean {
  const rows = rowsOf(table).filter((row) => !drops(row))
  if (!isLayoutTable(table, rows)) return true
  const isColumn = rows.length > 1 && rows.every((row) => row.children.filter(isElement).length === 1)
  return isColumn && rows[0]?.children.filter(isElement)[0]?.name === 'th' && inHead(rows[0])
}

function isElement(node: ChildNode): node is Element {
  return node instanceof Element
}

function inHead(row: Element): boolean {
  return row.parent instanceof Element && row.parent.name === 'thead'
}

function readTable(table: Element, drops: Drops, most: number): { read?: PageTable; isCut: boolean } {
  const rows = rowsOf(table).filter((row) => !drops(row))
  const textOf = (cell: Element) => (drops(cell) ? '' : collapse(writeText(cell, drops)))
  const grid = tableGrid(rows, textOf, most)
  const width = Math.max(0, ...grid.map((row) => row.length))
  const heads = headCount(rows, grid)
  const texts = (row: GridRow) => Array.from({ length: width }, (_, column) => row[column]?.text ?? '')
  const body = grid.slice(heads).map(texts).filter(isUsed)
  const headers = heads === 0 ? [] : joined(grid.slice(0, heads).map(texts))
  const isCut = grid.length < rows.length
  if (body.length === 0 && !isUsed(headers)) return { isCut }
  const caption = captionOf(table, textOf)
  return { isCut, read: { ...(caption !== '' && { caption }), headers: isUsed(headers) ? headers : [], rows: body } }
}

function isUsed(row: readonly string[]): boolean {
  return row.some((text) => text !== '')
}

/** The rows of `thead`, else leading rows of `th` alone, else a first row that is all in bold. */
function headCount(rows: readonly Element[], grid: readonly GridRow[]): number {
  const declared = rows.findIndex((row) => !inHead(row))
  if (declared > 0) return declared
  const headed = grid.findIndex((row) => !row.every((cell) => cell?.element.name === 'th'))
  if (headed > 0) return headed
  const [first = []] = grid
  const isLabels = grid.length > 1 && first.length > 0 && first.every((cell) => cell && isBold(cell.element))
  return isLabels ? 1 : 0
}

function isBold(cell: Element): boolean {
  const content = cell.children.filter((child) => !(child instanceof Text && child.data.trim() === ''))
  return content.length > 0 && content.every((child) => isElement(child) && /^(?:b|strong)$/.test(child.name))
}

/** What several header rows say of a column, each text once. */
function joined(heads: readonly string[][]): string[] {
  const [first = []] = heads
  return first.map((_, column) => {
    const said = heads.map((row) => row[column] ?? '').filter((text) => text !== '')
    return [...new Set(said)].join(' / ')
  })
}

function captionOf(table: Element, textOf: (cell: Element) => string): string {
  const caption = table.children.find((child) => isElement(child) && child.name === 'caption')
  return (caption instanceof Element ? textOf(caption) : '') || attribute(table, 'aria-label')
}
