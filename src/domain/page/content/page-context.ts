import type { JsonLdNode } from '../metadata/json-ld.ts'
import { type DocumentFacts, statedTitles } from '../metadata/metadata.ts'
import type { Survey } from '../survey.ts'
import type { PageContext } from './page-features.ts'

/** What a page's URL, title and structured data say about what kind of page it is. */
export function pageContext(url: string, seen: Survey, facts: DocumentFacts): PageContext {
  const parsed = URL.parse(url)
  const title = statedTitles(seen).find((stated) => stated !== '') ?? facts.title ?? ''
  const types = facts.jsonLd.flatMap((node) => node['@type']).filter((type) => typeof type === 'string')
  const described = ['description', 'og:description', 'twitter:description'].flatMap((key) => seen.metas.get(key) ?? [])
  return {
    titleWords: new Set(title.toLowerCase().match(WORD)),
    pathSegments: parsed ? parsed.pathname.split('/').filter((segment) => segment !== '').length : 0,
    hasQuery: parsed !== null && parsed.search !== '',
    types: [...types, ...(seen.metas.get('og:type') ?? [])].join(' ').toLowerCase(),
    description: pairsIn(described),
    data: pairsIn(facts.jsonLd.flatMap(textsOf)),
  }
}

const WORD = /[\p{L}\p{N}]+/gu
const TELLING = ['description', 'articleBody', 'text', 'reviewBody', 'abstract', 'headline', 'name']
const MOST_CHARACTERS = 20_000

function textsOf(node: JsonLdNode): string[] {
  return TELLING.map((key) => node[key]).filter((value) => typeof value === 'string')
}

function pairsIn(texts: readonly string[]): Map<string, Set<string>> {
  const pairs = new Map<string, Set<string>>()
  let left = MOST_CHARACTERS
  for (const text of texts) {
    if (left <= 0) break
    const words = text.slice(0, left).toLowerCase().match(WORD) ?? []
    left -= text.length
    for (let at = 1; at < words.length; at++) {
      const first = words[at - 1] ?? ''
      const after = pairs.get(first)
      if (after) after.add(words[at] ?? '')
      else pairs.set(first, new Set([words[at] ?? '']))
    }
  }
  return pairs
}
