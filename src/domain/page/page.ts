import type { IslandKind } from '../render/islands/data-island.ts'
import type { FieldRules, FieldValue } from './fields/field-rules.ts'
import type { PageTable } from './tables/page-table.ts'

/** What can be asked of one document. */
export type PageFormat = 'markdown' | 'html' | 'text' | 'links' | 'images' | 'metadata' | 'tables' | 'fields'

export interface PageRequest {
  /** Absolute URL the bytes came from; relative links resolve against it (or against `<base href>`). */
  url: string
  /** The Content-Type header as received, parameters included. */
  contentType: string | undefined
  /** Decompressed body bytes, already capped. */
  body: Uint8Array
  formats: ReadonlySet<PageFormat>
  /** true: only the main content (navigation, advertising, footers removed); false: the whole body. */
  onlyMainContent: boolean
  /** CSS selectors: keep only these / drop these before anything else is decided. */
  includeSelectors?: readonly string[]
  excludeSelectors?: readonly string[]
  /** Milliseconds since 1970, where it is known: no date after it is one of publication. */
  now?: number
  /** What the format `fields` reads. */
  fields?: FieldRules | undefined
}

export interface PageLink {
  /** Absolute, as resolved by the WHATWG URL parser; not yet canonical. http(s) only. */
  url: string
  /** Visible text, whitespace collapsed; '' for an image without alt text. */
  text: string
  /** The rel attribute, lower-cased tokens joined by a space, when there is one. */
  rel?: string
}

/** A page that this one leads to without a link. */
export interface PageLead {
  /** Absolute. */
  url: string
  by: 'frame' | 'iframe' | 'refresh'
}

export interface PageImage {
  url: string
  alt: string
}

export interface PageWarning {
  code: string
  detail: string
}

/** One document read once: everything a crawl needs (links, robots directives) and everything its user asked for. */
export interface PageReading {
  title: string | null
  description: string | null
  /** BCP 47 tag from the document, or null. */
  language: string | null
  author?: string
  publishedAt?: string
  siteName?: string
  canonicalUrl?: string
  /** Words of the text that `onlyMainContent` selects; CJK counted per character. */
  wordCount: number
  /** Name of the encoding the bytes were decoded with (WHATWG). */
  charset: string
  /** What the content was read from, where the page itself was an empty shell. */
  dataIsland?: IslandKind
  /** Every link of the whole document in document order, each URL once, for discovery; also the `links` format. */
  links: PageLink[]
  /** Further pages for discovery; documents other than HTML have none. */
  leads?: PageLead[]
  /** From `<meta name=robots>`. */
  directives: { nofollow: boolean; noindex: boolean }
  markdown?: string
  html?: string
  text?: string
  images?: PageImage[]
  metadata?: Record<string, unknown>
  tables?: PageTable[]
  fields?: { [name: string]: FieldValue }
  warnings: PageWarning[]
}
