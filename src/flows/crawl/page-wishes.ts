import type { ScrapeOptions } from '../../contracts/api/scrape.ts'
import type { PageWishes } from '../../domain/crawl/crawl-brief.ts'
import { browserFormats, fieldRules, namedFormats } from '../../domain/crawl/page-formats.ts'
import { plainHeaders } from '../../domain/fetch/credentials.ts'
import { browserWishes } from '../../domain/render/browser-wishes.ts'

/** How each page of a crawl is fetched and read, without secrets: it travels in every lease. */
export function pageWishes(options: ScrapeOptions): PageWishes {
  const { formats, onlyMainContent, includeSelectors, excludeSelectors, maxBytes, render } = options
  return {
    formats: namedFormats(formats),
    fields: fieldRules(formats),
    onlyMainContent,
    includeSelectors,
    excludeSelectors,
    headers: plainHeaders(options.headers),
    timeoutMs: options.timeout,
    maxBytes,
    render,
    ...browserWishes({ ...options, ...browserFormats(formats) }),
  }
}
