import { escaped } from '../../feed.ts'
import type { CellBudget } from '../sheet-html.ts'
import { elementsOf } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'
import { type Odf, tableRows, writeOdfInline } from './odf-blocks.ts'

/** Columns that a sheet is read for. */
const MAX_COLUMNS = 256

/** A sheet's rows. Writers fill sheets to the last of a million rows by repeating an empty one, which costs nothing here. */
export function odfRows(odf: Odf, table: XmlElement, budget: CellBudget): string[][] {
  const rows: string[][] = []
  for (const row of tableRows(table)) {
    const cells = cellsOf(odf, row)
    if (cells.every((cell) => cell === '')) continue
    for (let left = repeated(row, 'number-rows-repeated'); left > 0 && budget.takeRow(cells.length); left--)
      rows.push(cells)
    if (budget.exceeded) break
  }
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  return rows.map((row) => [...row, ...Array.from<string>({ length: width - row.length }).fill('')])
}

function cellsOf(odf: Odf, row: XmlElement): string[] {
  const cells: string[] = []
  for (const cell of elementsOf(row)) {
    if (cell.name !== 'table-cell' && cell.name !== 'covered-table-cell') continue
    const html = elementsOf(cell)
      .filter(({ name }) => name === 'p')
      .map((paragraph) => writeOdfInline(odf, paragraph))
      .join('<br>')
    const times = Math.min(repeated(cell, 'number-columns-repeated'), MAX_COLUMNS - cells.length)
    for (let left = times; left > 0; left--) cells.push(html === '' ? escaped(dateOf(cell)) : html)
  }
  while (cells.at(-1) === '') cells.pop()
  return cells
}

function repeated({ attributes }: XmlElement, name: string): number {
  const times = Number(attributes[name] ?? '1')
  return Number.isFinite(times) ? Math.max(1, times) : 1
}

/** What a cell holds when its writer has not said how it looks. */
function dateOf({ attributes }: XmlElement): string {
  return attributes['date-value'] ?? attributes['string-value'] ?? attributes['value'] ?? ''
}
