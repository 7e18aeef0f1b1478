import { MOST_PRETTY, isPrettyEnough, lineAt } from './pretty.ts'

/** A quotation mark by itself is a string without an end. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+|"/gs

/**
 * JSON with a line to each member, its values as they are written: no number loses digits, no repeated name is lost. What is
 * no single, complete value, such as JSON lines, stays as it is.
 */
export function prettyJson(text: string): string {
  if (text.length > MOST_PRETTY || text.includes('\n')) return text
  const pretty = laidOut(text.match(TOKEN) ?? [])
  return pretty !== undefined && isPrettyEnough(pretty, text) ? pretty : text
}

const END_OF: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['[', ']'],
])

/** undefined where what opens does not end, or more follows. */
function laidOut(tokens: readonly string[]): string | undefined {
  const open: string[] = []
  const written: string[] = []
  for (const [at, token] of tokens.entries()) {
    if (token === '"' || (at > 0 && open.length === 0)) return undefined
    const before = tokens[at - 1] ?? ''
    const isEnd = token === '}' || token === ']'
    if (isEnd && open.pop() !== token) return undefined
    const isFirst = END_OF.has(before)
    if (isEnd ? !isFirst : isFirst || before === ',') written.push(lineAt(open.length))
    written.push(token === ':' ? ': ' : token)
    const end = END_OF.get(token)
    if (end !== undefined) open.push(end)
  }
  return open.length === 0 ? written.join('') : undefined
}
