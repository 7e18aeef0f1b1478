import { escaped } from './feed.ts'

/** Rows and cells of a table that are read: more than that is no page but a data set. */
const MAX_ROWS = 1_000
const MAX_CELLS = 20_000

export interface DelimitedTable {
  rows: string[][]
  /** The table had more rows or cells than are read. */
  truncated: boolean
}

/** RFC 4180, with the separator that the first line holds most of. A quote that never closes ends with the text. */
export function readDelimited(text: string, essence: string): DelimitedTable {
  const separator = essence === 'text/tab-separated-values' ? '\t' : likelySeparator(text)
  const rows: string[][] = []
  let row: string[] = []
  let cells = 0
  let at = 0
  while (at < text.length && rows.length < MAX_ROWS && cells < MAX_CELLS) {
    const { value, end } = text[at] === '"' ? quotedCell(text, at) : { value: '', end: at }
    const edge = cellEnd(text, end, separator)
    row.push(value + text.slice(end, edge))
    cells++
    at = edge + (text.startsWith('\r\n', edge) ? 2 : 1)
    if (text[edge] === separator) continue
    if (row.some((each) => each !== '')) rows.push(row)
    row = []
  }
  if (row.length > 0) rows.push(row)
  return { rows, truncated: at < text.length }
}

function likelySeparator(text: string): string {
  const firstLine = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  const counted = [',', ';', '\t', '|'].map((mark) => ({ mark, count: firstLine.split(mark).length }))
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).mark
}

function quotedCell(text: string, start: number): { value: string; end: number } {
  let close = text.indexOf('"', start + 1)
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  const end = close === -1 ? text.length : close
  return { value: text.slice(start + 1, end).replaceAll('""', '"'), end: Math.min(end + 1, text.length) }
}

function cellEnd(text: string, from: number, separator: string): number {
  let at = from
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}

/** The table as HTML, its first row the head, to be written like any page's table. */
export function tableAsHtml({ rows: [head = [], ...body] }: DelimitedTable): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  return `<table><thead>${line(head, 'th')}</thead><tbody>${body.map((row) => line(row, 'td')).join('')}</tbody></table>`
}
