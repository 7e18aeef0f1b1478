import type { ScrapeOptions } from '../../contracts/api/scrape.ts'
import type { PageWishes } from '../../domain/crawl/crawl-brief.ts'
import { namedFormats, screenshotOf } from '../../domain/crawl/page-formats.ts'
import { plainHeaders } from '../../domain/fetch/credentials.ts'

/** How each page of a crawl is fetched and read, without secrets: it travels in every lease. */
export function pageWishes(options: ScrapeOptions): PageWishes {
  const { formats, onlyMainContent, includeSelectors, excludeSelectors, maxBytes, render, waitFor, actions } = options
  const screenshot = screenshotOf(formats)
  return {
    formats: namedFormats(formats),
    onlyMainContent,
    includeSelectors,
    excludeSelectors,
    headers: plainHeaders(options.headers),
    timeoutMs: options.timeout,
    maxBytes,
    render,
    ...(waitFor !== undefined && { waitFor }),
    ...(screenshot && { screenshot }),
    ...(actions && { actions }),
  }
}
