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
