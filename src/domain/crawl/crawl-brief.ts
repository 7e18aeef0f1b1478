import type { FieldRules } from '../page/fields/field-rules.ts'
import type { BrowserWishes } from '../render/browser-wishes.ts'
import type { RenderMode } from '../render/render-mode.ts'
import type { CrawlScope } from '../url/scope.ts'

export type PageFormatName =
  | 'markdown'
  | 'html'
  | 'rawHtml'
  | 'text'
  | 'links'
  | 'images'
  | 'metadata'
  | 'tables'
  | 'fields'

/** How each page of a crawl is fetched and read. */
export interface PageWishes extends BrowserWishes {
  formats: PageFormatName[]
  /** What `fields` among the formats reads. */
  fields?: FieldRules | undefined
  onlyMainContent: boolean
  includeSelectors: string[]
  excludeSelectors: string[]
  headers: Record<string, string>
  timeoutMs: number
  maxBytes: number
  /** Absent in briefs of versions before 0.2, which rendered nothing. */
  render?: RenderMode
}

export interface LoginPlace {
  url: string
  successSelector?: string
}

/**
 * All that frontiers and visits need to know of a crawl. It travels in every lease, so that a visit reads no row before
 * it works; contracts of messages only grow.
 */
export interface CrawlBrief {
  crawlId: string
  workspaceId: string
  /** Registrable domain of the start URL: its frontier also keeps the URLs that were refused. */
  homeDomain: string
  scope: CrawlScope
  /** Most pages to record. */
  limit: number
  /** Most bytes of recorded bodies, and the longest time from the first work on. */
  maxBytes?: number
  maxDurationMs?: number
  robots: 'respect' | 'ignore'
  sitemap: 'include' | 'skip' | 'only'
  /** false for a batch: the given URLs are fetched, none is discovered. */
  followLinks: boolean
  ignoreQueryParameters: boolean
  /** Set where pages that ask not to be indexed, or nearly copy another, are not recorded. */
  noindex?: 'skip'
  nearDuplicates?: 'skip'
  /** Set where pages inside `iframe` elements are pages of the crawl. */
  iframes?: 'follow'
  /** Least time between two starts on one origin; null lets the site's wish and its answers decide. */
  delayMs: number | null
  /** Most fetches in flight on one origin. */
  maxConcurrency: number
  page: PageWishes
  /** Hosts that the caller's credentials were given for. Absent in briefs of versions before 0.2: the crawl's hosts. */
  credentialHosts?: string[]
  /** Headers that carry credentials and the fields of a login form, encrypted: only a visit opens them. */
  sealed?: string
  /** The site's login form; its fields are sealed. */
  login?: LoginPlace
  /** The former crawl that this one is compared with. */
  since?: string
}
