/** Longer texts stay as they are written: nobody reads them, and laying them out costs memory. In characters. */
export const MOST_PRETTY = 500_000
/** What nests deeper is moved no further to the right. */
const DEEPEST_INDENT = 20
const MOST_TIMES = 3

/** A new line, moved to the right by two columns a level. */
export function lineAt(depth: number): string {
  return `\n${'  '.repeat(Math.min(depth, DEEPEST_INDENT))}`
}

/** Layout must not be most of a text. */
export function isPrettyEnough(pretty: string, written: string): boolean {
  return pretty.length <= MOST_TIMES * written.length
}
