import { Element, type ParentNode } from '../tree/nodes.ts'
import { attribute } from '../tree/reading-nodes.ts'

export interface GridCell {
  element: Element
  text: string
}

export type GridRow = readonly (GridCell | undefined)[]

/** Columns that one table may have: a `colspan` can ask for any number. */
const MAX_COLUMNS = 200

/**
 * A table's cells in their columns (HTML standard §4.9.12): what a cell spans to its right and below it is that cell again.
 * Stops before the row that would make more than `most` cells.
 */
export function tableGrid(rows: readonly Element[], textOf: (cell: Element) => string, most: number): GridRow[] {
  const above: { cell: GridCell; left: number }[] = []
  const grid: GridRow[] = []
  let count = 0
  for (const [at, row] of rows.entries()) {
    const cells: (GridCell | undefined)[] = []
    const takeSpanned = () => {
      for (let spanned = above[cells.length]; spanned && spanned.left > 0; spanned = above[cells.length]) {
        spanned.left--
        cells.push(spanned.cell)
      }
    }
    for (const element of cellsOf(row)) {
      takeSpanned()
      const cell = { element, text: textOf(element) }
      const below = Math.min(spanOf(element, 'rowspan', rows.length), rows.length - at) - 1
      for (let column = spanOf(element, 'colspan', MAX_COLUMNS); column > 0 && cells.length < MAX_COLUMNS; column--) {
        above[cells.length] = { cell, left: below }
        cells.push(cell)
      }
    }
    takeSpanned()
    count += cells.length
    if (count > most) break
    grid.push(cells)
  }
  return grid
}

function cellsOf(row: ParentNode): Element[] {
  return row.children.filter(
    (child): child is Element => child instanceof Element && (child.name === 'td' || child.name === 'th'),
  )
}

/** `rowspan=0` means all the rows that are left. */
function spanOf(cell: Element, name: 'colspan' | 'rowspan', most: number): number {
  const given = Number.parseInt(attribute(cell, name), 10)
  if (given === 0 && name === 'rowspan') return most
  return given >= 1 ? Math.min(given, most) : 1
}
