import { DrizzleQueryError } from 'drizzle-orm'

const MAX_QUERY_CHARACTERS = 500

/**
 * An error as a log may keep it. A query that failed carries its parameters in its message and in the head of its stack:
 * people's addresses, hashes, whole pages. They stay out; why it failed is in its cause.
 */
export function toldFault(error: unknown): { error: string; stack?: string } {
  if (!(error instanceof Error)) return { error: String(error) }
  const { stack } = error
  if (!(error instanceof DrizzleQueryError)) return { error: String(error), ...(stack !== undefined && { stack }) }
  const told = `${String(error.cause)}, in: ${error.query.slice(0, MAX_QUERY_CHARACTERS)}`
  return { error: told, ...(stack !== undefined && { stack: framesOf(stack) }) }
}

/** Where it happened, without the message before it. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .join('\n')
}
