/** A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r]/

/** One line of RFC 4180 CSV. Text that a spreadsheet would run as a formula is defused with an apostrophe. */
export function csvRow(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = FORMULA_START.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A value as one cell: text and numbers as they are, nothing as nothing, lists and records as JSON. */
export function csvValue(value: unknown): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}
