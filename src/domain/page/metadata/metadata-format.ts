import type { Resolver } from '../links/resolve.ts'
import type { Survey } from '../survey.ts'
import { attribute } from '../tree/reading-nodes.ts'
import type { DocumentFacts } from './metadata.ts'

/** The `metadata` format: every meta by name (a list where it is repeated), JSON-LD, feeds, icon, the dates found. */
export function metadataOf(seen: Survey, facts: DocumentFacts, resolver: Resolver): Record<string, unknown> {
  const meta = Object.fromEntries(
    [...seen.metas].map(([name, contents]) => [name, contents.length === 1 ? contents[0] : contents]),
  )
  const feeds = seen.linked.filter((link) => link.name === 'link' && isFeed(attribute(link, 'type')))
  const icon = seen.linked.find((link) => link.name === 'link' && /(?:^|\s)icon(?:\s|$)/i.test(attribute(link, 'rel')))
  return {
    meta,
    ...(facts.jsonLd.length > 0 && { jsonLd: facts.jsonLd }),
    ...(feeds.length > 0 && { feeds: feeds.map((link) => resolver.web(attribute(link, 'href'))) }),
    ...(icon && { favicon: resolver.web(attribute(icon, 'href')) }),
    ...(facts.publishedAt !== undefined && { publishedAt: facts.publishedAt }),
    ...(facts.modifiedAt !== undefined && { modifiedAt: facts.modifiedAt }),
  }
}

function isFeed(type: string): boolean {
  return /^application\/(?:rss|atom|feed)\+(?:xml|json)$/i.test(type)
}
