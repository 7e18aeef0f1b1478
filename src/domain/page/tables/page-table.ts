/** A table of values. Every row has as many cells as the widest; what a cell spans repeats it. */
export interface PageTable {
  caption?: string
  /** Empty where the table names no columns; header rows above one another are joined by ` / `. */
  headers: string[]
  rows: string[][]
}
