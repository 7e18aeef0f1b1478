import { parse } from 'css-what'

/**
 * Why a browser could not look for a selector; undefined when it may. Browsers know more pseudo-classes than we do, so only what
 * is no selector by its grammar is found here.
 */
export function browserSelectorFault(selector: string): string | undefined {
  try {
    const isWhole = parse(selector).every((part) => part.length > 0)
    return isWhole ? undefined : noSelector(selector, 'A part of it is empty')
  } catch (error) {
    return noSelector(selector, parserReason(error))
  }
}

/** What the parser found in the place of what it expected may be nothing. */
export function parserReason(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return reason.replace(/found $/, 'found its end')
}

function noSelector(selector: string, reason: string): string {
  return `“${selector}” is no CSS selector: ${reason}`
}
