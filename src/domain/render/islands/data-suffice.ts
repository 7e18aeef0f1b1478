/** What a page's data can tell as well as the page. */
const TOLD: ReadonlySet<unknown> = new Set(['markdown', 'html', 'text', 'metadata', 'rawHtml'])

interface Wishes {
  formats: readonly unknown[]
  includeSelectors: readonly string[]
  excludeSelectors: readonly string[]
}

/** Whether nothing is asked of a page that only the page itself has: its links, its pictures, parts by their selectors. */
export function dataSuffice({ formats, includeSelectors, excludeSelectors }: Wishes): boolean {
  return formats.every((format) => TOLD.has(format)) && includeSelectors.length + excludeSelectors.length === 0
}
