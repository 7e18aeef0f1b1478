import type { PageWarning } from '../page.ts'
import { escaped } from './feed.ts'

/** What a document says of itself, as far as its format has a place for it. */
export interface DocumentProperties {
  title?: string
  author?: string
  description?: string
  language?: string
  /** ISO 8601. */
  created?: string
  modified?: string
  pages?: number
}

/** A document as a page of our own making, which is then read like any page. */
export interface LaidOut {
  properties: DocumentProperties
  /** Body HTML. */
  html: string
  warnings: PageWarning[]
}

/** The whole page, its properties told as pages tell them. */
export function laidOutPage({ properties, html }: LaidOut): string {
  const { title, author, description, language, created, modified, pages } = properties
  const metas = [meta('author', author), meta('description', description), meta('dcterms.created', created)]
  metas.push(meta('datemodified', modified), meta('pages', pages?.toString()))
  const head = (title ? `<title>${escaped(title)}</title>` : '') + metas.join('')
  return `<html lang="${escaped(language ?? '')}"><head>${head}</head><body>${html}</body></html>`
}

function meta(name: string, content: string | undefined): string {
  return content ? `<meta name="${name}" content="${escaped(content)}">` : ''
}
