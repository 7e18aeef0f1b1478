import { type DocumentFacts, statedTitles } from '../metadata/metadata.ts'
import type { Survey } from '../survey.ts'
import type { PageContext } from './page-features.ts'

/** What a page's URL, title and structured data say about what kind of page it is. */
export function pageContext(url: string, seen: Survey, facts: DocumentFacts): PageContext {
  const parsed = URL.parse(url)
  const title = statedTitles(seen).find((stated) => stated !== '') ?? facts.title ?? ''
  const types = facts.jsonLd.flatMap((node) => node['@type']).filter((type) => typeof type === 'string')
  return {
    titleWords: new Set(title.toLowerCase().match(/[\p{L}\p{N}]+/gu)),
    pathSegments: parsed ? parsed.pathname.split('/').filter((segment) => segment !== '').length : 0,
    hasQuery: parsed !== null && parsed.search !== '',
    types: [...types, ...(seen.metas.get('og:type') ?? [])].join(' ').toLowerCase(),
  }
}
