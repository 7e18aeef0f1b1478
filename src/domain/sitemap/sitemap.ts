import { readLines } from './line-list.ts'
import { SitemapCollector } from './sitemap-collector.ts'
import type { SitemapReading } from './sitemap-reading.ts'
import { readXml } from './sitemap-xml.ts'

export type { SitemapReading } from './sitemap-reading.ts'
export { MAX_SITEMAP_ENTRIES } from './sitemap-collector.ts'

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
