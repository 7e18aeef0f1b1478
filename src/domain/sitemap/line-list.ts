import type { SitemapCollector } from './sitemap-collector.ts'
import type { SitemapReading } from './sitemap-reading.ts'

/** A text sitemap: one URL a line (sitemaps.org). Lines that are no absolute http(s) URL are passed over. */
export function readLines(text: string, collector: SitemapCollector): SitemapReading {
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    const url = line.replace(/^\uFEFF/, '').trim()
    if (/^https?:\/\/[^\s<>"]+$/i.test(url)) collector.addEntry({ url })
    if (collector.truncated) break
  }
  const reading = collector.reading('text')
  return reading.entries.length > 0 ? reading : { ...reading, kind: 'none' }
}
