import { Element, type ParentNode } from '../tree/nodes.ts'
import { names } from '../tree/element-kinds.ts'
import { attribute, textInside } from '../tree/reading-nodes.ts'

const SECTIONS = names('thead tbody tfoot')

export function rowsOf(table: ParentNode): Element[] {
  return table.children.flatMap((child): Element[] => {
    if (!(child instanceof Element)) return []
    if (child.name === 'tr') return [child]
    return SECTIONS.has(child.name) ? rowsOf(child) : []
  })
}

/** What no cell of a table of values has inside. */
const LAYOUT_CONTENT = names('table h1 h2 h3 h4 h5 h6 pre form article section hr')
/** Characters that a cell holding a value rarely exceeds. */
const LONG_CELL = 1_000

/** Whether a table arranges the page instead of showing values, judged by its structure (as screen readers do). */
export function isLayoutTable(table: Element, rows: readonly Element[]): boolean {
  if (/^(?:presentation|none)$/i.test(attribute(table, 'role'))) return true
  const cells = rows.map((row) => row.children.filter((child): child is Element => child instanceof Element))
  const columns = Math.max(0, ...cells.map((row) => row.length))
  if (columns < 2) return true
  if (cells.some((row) => row.some((cell) => holds(cell)))) return true
  if (cells.some((row) => row.some((cell) => cell.name === 'th'))) return false
  return rows.length < 2 || cells.some((row) => row.some((cell) => textInside(cell).length > LONG_CELL))
}

function holds(node: ParentNode): boolean {
  return node.children.some((child) => child instanceof Element && (LAYOUT_CONTENT.has(child.name) || holds(child)))
}
