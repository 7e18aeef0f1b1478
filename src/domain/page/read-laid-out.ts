import type { PageReading, PageRequest, PageWarning } from './page.ts'
import { readHtml } from './read-html.ts'

/**
 * Reads what was laid out as HTML of our own: content throughout, and nothing in it may speak for the document: no robots
 * directives.
 */
export function readLaidOut(
  request: PageRequest,
  html: string,
  warnings: readonly PageWarning[],
): Omit<PageReading, 'charset'> {
  const reading = readHtml({ ...request, onlyMainContent: false }, [html], { isLaidOut: true })
  return {
    ...reading,
    directives: { nofollow: false, noindex: false },
    warnings: [...reading.warnings, ...warnings],
  }
}
