import type { PageWarning } from '../../page.ts'

/** One sheet as far as it is read; cells are HTML. */
export interface Sheet {
  name: string
  rows: string[][]
}

/** What may still be read of a workbook's cells: more than that is no page but a data set. */
export class CellBudget {
  exceeded = false
  #cells = 20_000
  #rows = 1_000

  /** Whether a row of so many cells may be read. */
  takeRow(cells: number): boolean {
    this.#rows--
    this.#cells -= cells
    this.exceeded ||= this.#rows < 0 || this.#cells < 0
    return !this.exceeded
  }

  get warnings(): PageWarning[] {
    return this.exceeded ? [TOO_MANY_ROWS] : []
  }
}

const TOO_MANY_ROWS: PageWarning = {
  code: 'too_many_rows',
  detail: 'The workbook has more cells than are read; its end is missing.',
}

/** Each sheet a heading and a table, its first row the head. */
export function sheetsAsHtml(sheets: readonly Sheet[], escape: (text: string) => string): string {
  return sheets
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, rows }) => `<h2>${escape(name)}</h2>${tableOf(escape(name), rows)}`)
    .join('')
}

function tableOf(label: string, rows: readonly string[][]): string {
  const used = rows[0]?.map((_cell, column) => rows.some((row) => (row[column] ?? '') !== '')) ?? []
  const line = (row: readonly string[], tag: string) =>
    `<tr>${row.map((cell, column) => (used[column] === false ? '' : `<${tag}>${cell}</${tag}>`)).join('')}</tr>`
  const [head = [], ...body] = rows
  return `<table aria-label="${label}"><thead>${line(head, 'th')}</thead><tbody>${body.map((row) => line(row, 'td')).join('')}</tbody></table>`
}
