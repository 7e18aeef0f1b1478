import type { Document } from '../contracts/api/document.ts'
import type { PageWishes } from '../domain/crawl/crawl-brief.ts'
import { documentKind } from '../domain/fetch/document-kind.ts'
import { headerValues } from '../domain/fetch/header-values.ts'
import { isImage } from '../domain/fetch/media-type.ts'
import { robotsDirectives } from '../domain/fetch/robots-directives.ts'
import { decodeBody } from '../domain/page/decode.ts'
import { withLanguage } from '../domain/page/language/with-language.ts'
import type { PageFormat, PageReading } from '../domain/page/page.ts'
import { type Pause, readDocument } from '../domain/page/read-document.ts'

/** A body as it was received. */
export interface RawPage {
  url: string
  contentType: string | undefined
  body: Uint8Array
}

export type ReadingWishes = Pick<
  PageWishes,
  'formats' | 'fields' | 'onlyMainContent' | 'includeSelectors' | 'excludeSelectors'
>

/** What one document may take. A Worker's clock stands still while it computes; it moves on in the pauses. */
const READING_MS = 20_000

/** Leases are renewed and other pages go on while a long document is read. */
export function pausing(): Pause {
  const end = Date.now() + READING_MS
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 0))
    return Date.now() < end
  }
}

/** Reads a body as its caller wants it. The raw bytes are nothing that reading could add. */
export function readAsWished(
  wishes: ReadingWishes,
  raw: RawPage,
  always: readonly PageFormat[] = [],
): Promise<PageReading> {
  const wanted = wishes.formats.filter((format) => format !== 'rawHtml')
  const { onlyMainContent, includeSelectors, excludeSelectors, fields } = wishes
  const request = {
    ...raw,
    formats: new Set([...always, ...wanted]),
    onlyMainContent,
    includeSelectors,
    excludeSelectors,
    fields,
    now: Date.now(),
  }
  return withLanguage(request, (asked) => readDocument(asked, pausing()))
}

/** A body as the text that it was written in; '' for what was not written as text. */
export function sourceText({ contentType, body }: Omit<RawPage, 'url'>): string {
  return documentKind(body) === undefined && !isImage(contentType) ? decodeBody(body, contentType).text : ''
}

/** What a page asks of robots, in its meta tags or in X-Robots-Tag. */
export function robotsAsked(
  { directives }: PageReading,
  headers: Iterable<[string, string]>,
  productToken: string,
): ('noindex' | 'nofollow')[] {
  const said = robotsDirectives(headerValues(headers, 'x-robots-tag'), productToken)
  return (['noindex', 'nofollow'] as const).filter((directive) => directives[directive] || said[directive])
}

/** What a Document says of its page, beside its formats. */
export function described(reading: PageReading, asked: readonly ('noindex' | 'nofollow')[]) {
  const { title, description, language, author, publishedAt, siteName, canonicalUrl, wordCount, warnings, dataIsland } =
    reading
  return {
    title,
    description,
    language,
    ...(author !== undefined && { author }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(siteName !== undefined && { siteName }),
    ...(canonicalUrl !== undefined && { canonicalUrl }),
    wordCount,
    ...(dataIsland !== undefined && { dataIsland }),
    ...(asked.length > 0 && { robots: [...asked] }),
    warnings,
  } satisfies Partial<Document>
}

/** The wanted formats that a reading has. */
export function formatsOf(reading: PageReading, wanted: readonly string[]): Partial<Document> {
  const { markdown, html, text, links, images, metadata, tables, fields } = reading
  const all = Object.entries({ markdown, html, text, links, images, metadata, tables, fields })
  return Object.fromEntries(all.filter(([format, value]) => wanted.includes(format) && value !== undefined))
}
