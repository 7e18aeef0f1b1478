import { Element, type ParentNode } from '../tree/nodes.ts'
import { attribute, textInside } from '../tree/reading-nodes.ts'
import { isLayoutTable, rowsOf } from './table-shape.ts'
import type { Writing } from './writing.ts'

interface Cell {
  text: string
  isHeader: boolean
  align: string
}

/** Columns that one table may have: a `colspan` can ask for any number. */
const MAX_COLUMNS = 200

/** A GFM table where the table holds values, its cells one after the other where it only lays out the page. */
export function writeTable(writing: Writing, table: Element): string[] {
  const rows = rowsOf(table).filter((row) => !writing.drops(row))
  const caption = table.children.filter(
    (child): child is Element => child instanceof Element && child.name === 'caption',
  )
  const above = caption.flatMap((child) => (writing.drops(child) ? [] : writing.blocksOf(child)))
  if (isLayoutTable(table, rows)) return [...above, ...rows.flatMap((row) => unrolled(writing, row))]
  const grid = spread(writing, rows).filter((row) => row.some((cell) => cell.text !== ''))
  return grid.length === 0 ? above : [...above, written(grid)]
}

function unrolled(writing: Writing, row: Element): string[] {
  return cellsOf(row).flatMap((cell) => (writing.drops(cell) || isGutter(cell) ? [] : writing.blocksOf(cell)))
}

function isGutter(cell: Element): boolean {
  return /(?:gutter|lineno|line-?num)/i.test(attribute(cell, 'class')) && /^[\d\s]*$/.test(textInside(cell))
}

function cellsOf(row: ParentNode): Element[] {
  return row.children.filter(
    (child): child is Element => child instanceof Element && (child.name === 'td' || child.name === 'th'),
  )
}

/** Cells in their columns: what a cell spans to its right or below it is left empty. */
function spread(writing: Writing, rows: readonly Element[]): Cell[][] {
  const reserved: number[] = []
  return rows.map((row) => {
    const cells: Cell[] = []
    const skipReserved = () => {
      while ((reserved[cells.length] ?? 0) > 0) {
        reserved[cells.length] = (reserved[cells.length] ?? 0) - 1
        cells.push(EMPTY)
      }
    }
    for (const cell of cellsOf(row)) {
      skipReserved()
      const below = Math.min(span(cell, 'rowspan'), rows.length) - 1
      const columns = Math.min(span(cell, 'colspan'), MAX_COLUMNS)
      for (let column = 0; column < columns && cells.length < MAX_COLUMNS; column++) {
        reserved[cells.length] = below
        cells.push(column === 0 ? cellOf(writing, cell) : EMPTY)
      }
    }
    skipReserved()
    return cells
  })
}

const EMPTY: Cell = { text: '', isHeader: true, align: '' }

function span(cell: Element, name: 'colspan' | 'rowspan'): number {
  const count = Number.parseInt(attribute(cell, name), 10)
  return count >= 1 ? count : 1
}

function cellOf(writing: Writing, cell: Element): Cell {
  const blocks = writing.drops(cell) ? [] : writing.blocksOf(cell)
  const text = blocks
    .join('<br>')
    .replace(/\s*\n+\s*/g, '<br>')
    .replace(/(?<!\\)\|/g, '\\|')
  const align = /text-align:\s*(left|center|right)/i.exec(attribute(cell, 'style'))?.[1] ?? attribute(cell, 'align')
  return { text, isHeader: cell.name === 'th', align: align.toLowerCase() }
}

const RULES: { [align: string]: string } = { left: ':---', center: ':---:', right: '---:' }

/** GFM wants a header row: the first row if it is one or looks like one, else an empty one. */
function written(grid: readonly Cell[][]): string {
  // A last cell may claim to span what has no columns.
  const width = Math.max(...grid.map((row) => row.findLastIndex(({ text }) => text !== '') + 1))
  const [first = [], second] = grid
  const hasHeader = first.every((cell) => cell.isHeader) || (second !== undefined && first.every(isLabel))
  const header = hasHeader ? first : []
  const aligned = hasHeader && second ? second : first
  const rules = Array.from(
    { length: width },
    (_, column) => RULES[(header[column] ?? EMPTY).align || (aligned[column] ?? EMPTY).align] ?? '---',
  )
  const body = hasHeader ? grid.slice(1) : grid
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`
  const texts = (row: readonly Cell[]) => Array.from({ length: width }, (_, column) => row[column]?.text ?? '')
  return [line(texts(header)), line(rules), ...body.map((row) => line(texts(row)))].join('\n')
}

/** Authors without `th` make their column names bold. */
function isLabel({ text }: Cell): boolean {
  return text === '' || /^\*\*[^*]+\*\*$/.test(text)
}
