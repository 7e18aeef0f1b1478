import type { SitemapEntry, SitemapReading } from './sitemap-reading.ts'

/** sitemaps.org: a sitemap has at most 50,000 URLs, an index at most 50,000 sitemaps. */
export const MAX_SITEMAP_ENTRIES = 50_000

/** A place as a sitemap or feed writes it. */
export interface WrittenEntry {
  url: string
  lastModified?: string | undefined
  priority?: string | undefined
}

/** Gathers what a sitemap names, resolved, once each, and no more than the protocol allows. */
export class SitemapCollector {
  truncated = false
  readonly #base: string
  readonly #sitemaps = new Set<string>()
  readonly #entries = new Map<string, SitemapEntry>()

  constructor(base: string) {
    this.#base = base
  }

  addSitemap(written: string): void {
    const url = this.#resolved(written)
    if (url === undefined || this.#sitemaps.has(url)) return
    if (this.#sitemaps.size >= MAX_SITEMAP_ENTRIES) this.truncated = true
    else this.#sitemaps.add(url)
  }

  addEntry(written: WrittenEntry): void {
    const url = this.#resolved(written.url)
    if (url === undefined || this.#entries.has(url)) return
    if (this.#entries.size >= MAX_SITEMAP_ENTRIES) {
      this.truncated = true
      return
    }
    const lastModified = dateOf(written.lastModified)
    const priority = priorityOf(written.priority)
    this.#entries.set(url, {
      url,
      ...(lastModified !== undefined && { lastModified }),
      ...(priority !== undefined && { priority }),
    })
  }

  reading(kind: SitemapReading['kind']): SitemapReading {
    return { kind, sitemaps: [...this.#sitemaps], entries: [...this.#entries.values()], truncated: this.truncated }
  }

  #resolved(written: string): string | undefined {
    const text = written.trim()
    if (text === '') return undefined
    const url = URL.parse(text, this.#base)
    return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : undefined
  }
}

const W3C_DATE = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?$/i
/** RFC 822 dates of RSS, always with a zone: without one, the answer would depend on the machine. */
const MAIL_DATE =
  /^(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{2,4}\s+\d{2}:\d{2}(?::\d{2})?\s+(?:[A-Z]{1,4}|[+-]\d{4})$/i

function dateOf(written: string | undefined): string | undefined {
  const text = written?.trim() ?? ''
  if (W3C_DATE.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : text
  const time = MAIL_DATE.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

function priorityOf(written: string | undefined): number | undefined {
  const text = written?.trim() ?? ''
  const priority = text === '' ? Number.NaN : Number(text.replace(',', '.'))
  return priority >= 0 && priority <= 1 ? priority : undefined
}
