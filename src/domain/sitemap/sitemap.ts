import { readLines } from './line-list.ts'
import { SitemapCollector } from './sitemap-collector.ts'
import { readXml } from './sitemap-xml.ts'

export { MAX_SITEMAP_ENTRIES } from './sitemap-collector.ts'

export interface SitemapEntry {
  /** Absolute, http(s), as the URL parser writes it. */
  url: string
  /** As written when it is a W3C date; dates of feeds are turned into RFC 3339. */
  lastModified?: string
  /** 0 to 1; the protocol's default where it is absent is 0.5. */
  priority?: number
}

export interface SitemapReading {
  kind: 'index' | 'urlset' | 'feed' | 'text' | 'none'
  /** Sitemaps that an index names. */
  sitemaps: string[]
  /** Pages, each once, in document order. */
  entries: SitemapEntry[]
  /** true: there was more than 50,000 entries, and the rest was left unread. */
  truncated: boolean
}

/**
 * Reads whatever a site serves as a sitemap: index, URL set, RSS, Atom or a list of lines. What it is, its text decides,
 * since content types are often wrong. Never fails: broken XML yields what can be read of it.
 */
export function parseSitemap(text: string, url: string): SitemapReading {
  const collector = new SitemapCollector(url)
  const start = text.search(/[^\s\uFEFF]/)
  if (start === -1) return collector.reading('none')
  if (text[start] !== '<') return readLines(text, collector)
  return readXml(start === 0 ? text : text.slice(start), collector)
}
