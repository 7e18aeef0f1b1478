import type { Element, ParentNode } from '../tree/nodes.ts'
import type { Resolver } from '../links/resolve.ts'
import type { Survey } from '../survey.ts'
import { attribute } from '../tree/reading-nodes.ts'
import { hasType, textOfProperty } from './json-ld.ts'
import type { DocumentFacts } from './metadata.ts'
import { microdata } from './microdata.ts'
import { rdfa } from './rdfa.ts'
import { statedPrice } from './stated-price.ts'

interface Read {
  seen: Survey
  facts: DocumentFacts
  resolver: Resolver
}

/**
 * The `metadata` format: every meta by name (a list where it is repeated); JSON-LD, microdata and RDFa; the product's price;
 * feeds, icon, other languages; the dates found.
 */
export function metadataOf(root: ParentNode, { seen, facts, resolver }: Read): Record<string, unknown> {
  const meta = Object.fromEntries(
    [...seen.metas].map(([name, contents]) => [name, contents.length === 1 ? contents[0] : contents]),
  )
  const links = seen.linked.filter((link) => link.name === 'link')
  const addressOf = (link: Element) => resolver.web(attribute(link, 'href'))
  const icon = links.find((link) => relOf(link).includes('icon'))
  return {
    meta,
    ...listed('jsonLd', facts.jsonLd),
    ...listed('microdata', microdata(root, resolver)),
    ...listed('rdfa', rdfa(root, resolver)),
    ...productOf(root, facts),
    ...listed(
      'feeds',
      links.filter((link) => isFeed(attribute(link, 'type'))).flatMap((link) => addressOf(link) ?? []),
    ),
    ...(icon && { favicon: addressOf(icon) }),
    ...listed('alternates', alternates(links, resolver)),
    ...(facts.publishedAt !== undefined && { publishedAt: facts.publishedAt }),
    ...(facts.modifiedAt !== undefined && { modifiedAt: facts.modifiedAt }),
  }
}

function listed(name: string, values: readonly unknown[]): Record<string, unknown> {
  return values.length > 0 ? { [name]: values } : {}
}

function relOf(link: Element): string[] {
  return attribute(link, 'rel').toLowerCase().split(/\s+/)
}

function isFeed(type: string): boolean {
  return /^application\/(?:rss|atom|feed)\+(?:xml|json)$/i.test(type)
}

/** The page in other languages and for other regions; `x-default` is for everybody else. */
function alternates(links: readonly Element[], resolver: Resolver): { language: string; url: string }[] {
  return links.flatMap((link) => {
    const language = attribute(link, 'hreflang')
    const url = resolver.web(attribute(link, 'href'))
    return language !== '' && url !== null && relOf(link).includes('alternate') ? [{ language, url }] : []
  })
}

/** What the page sells, where its markup states a price; name, brand and number as JSON-LD has them. */
function productOf(root: ParentNode, { jsonLd }: DocumentFacts): { product?: Record<string, unknown> } {
  const price = statedPrice(root)
  if (!price) return {}
  const product = jsonLd.find((node) => hasType(node, /Product(?:Group|Model)?$/))
  const said = ['name', 'brand', 'sku', 'gtin'].flatMap((name) => {
    const value = textOfProperty(product?.[name])
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    product: {
      ...Object.fromEntries(said),
      price: price.amount,
      currency: price.currency,
      stock: price.stock,
    },
  }
}
