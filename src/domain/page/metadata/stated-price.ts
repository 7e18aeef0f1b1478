import { CssSelecting } from '../../select/css.ts'
import { currencyIn } from '../../values/currency.ts'
import { readNumber } from '../../values/number.ts'
import type { Element, ParentNode } from '../tree/nodes.ts'
import { textInside } from '../tree/reading-nodes.ts'
import { hasType, type JsonLdNode, jsonLdNodes } from './json-ld.ts'

export type Stock = 'in' | 'out' | 'unknown'

/** What a page's product markup says of its price. */
export interface StatedPrice {
  amount: number | null
  /** ISO 4217, where the page says it. */
  currency: string | null
  stock: Stock
  from: 'json-ld' | 'microdata' | 'open-graph'
}

/** For our own selectors, each of which looks at every node once. */
const SELECTING = new CssSelecting({ left: Number.POSITIVE_INFINITY })

/** From the first place that has a price: JSON-LD, microdata or RDFa, Open Graph. */
export function statedPrice(root: ParentNode): StatedPrice | undefined {
  return fromJsonLd(root) ?? fromMicrodata(root) ?? fromOpenGraph(root)
}

function fromJsonLd(root: ParentNode): StatedPrice | undefined {
  const scripts = SELECTING.all('script[type="application/ld+json"]', root)
  const nodes = jsonLdNodes(scripts.map(scriptText))
  const offer = nodes.find(
    (node) => hasType(node, /^(?:https?:\/\/schema\.org\/)?(?:Aggregate)?Offer$/) && priceOf(node) !== null,
  )
  if (!offer) return offerOfUntyped(nodes)
  return offered(offer)
}

function scriptText({ children }: Element): string {
  return children.map((child) => ('data' in child ? child.data : '')).join('')
}

/** Shops leave out the type of `offers`, or give the price to the product itself. */
function offerOfUntyped(nodes: readonly JsonLdNode[]): StatedPrice | undefined {
  for (const node of nodes.filter((each) => hasType(each, /Product$/))) {
    const offers = [node['offers'], node].flat()
    for (const offer of offers) {
      if (typeof offer === 'object' && offer !== null && priceOf({ ...offer }) !== null) return offered({ ...offer })
    }
  }
  return undefined
}

function offered(offer: JsonLdNode): StatedPrice {
  const currency = first(offer['priceCurrency']) ?? first(specification(offer)['priceCurrency'])
  return {
    amount: priceOf(offer),
    currency: typeof currency === 'string' ? currency : null,
    stock: stockOf(first(offer['availability'])),
    from: 'json-ld',
  }
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? first(value[0]) : value
}

function specification(offer: JsonLdNode): JsonLdNode {
  const inner = first(offer['priceSpecification'])
  return typeof inner === 'object' && inner !== null ? { ...inner } : {}
}

/** schema.org wants a number or a string with a decimal point; shops write what their language does. */
function priceOf(offer: JsonLdNode): number | null {
  const value = [offer['price'], offer['lowPrice'], specification(offer)['price']]
    .map(first)
    .find((each) => each !== undefined)
  if (typeof value === 'number') return value
  return typeof value === 'string' ? amountOf(value) : null
}

/** A value for machines: plain digits with a point are just that. */
function amountOf(value: string): number | null {
  return /^\s*\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : readNumber(value, { isPrice: true })
}

function stockOf(value: unknown): Stock {
  const text = typeof value === 'string' ? value : ''
  if (/out\s*of\s*stock|sold\s*out|discontinued/i.test(text)) return 'out'
  return /in\s*stock|limited|online\s*only|in\s*store\s*only|pre-?order|available/i.test(text) ? 'in' : 'unknown'
}

function fromMicrodata(root: ParentNode): StatedPrice | undefined {
  const value = property(root, 'price') ?? property(root, 'lowPrice')
  if (value === undefined) return undefined
  return {
    amount: amountOf(value),
    currency: property(root, 'priceCurrency') ?? currencyIn(value),
    stock: stockOf(property(root, 'availability')),
    from: 'microdata',
  }
}

function property(root: ParentNode, name: string): string | undefined {
  const found = SELECTING.first(`[itemprop="${name}"], [property="${name}"], [property="schema:${name}"]`, root)
  if (!found) return undefined
  return found.attribs['content'] ?? found.attribs['href'] ?? textInside(found)
}

function fromOpenGraph(root: ParentNode): StatedPrice | undefined {
  const value = meta(root, 'product:price:amount') ?? meta(root, 'og:price:amount')
  if (value === undefined) return undefined
  return {
    amount: amountOf(value),
    currency: meta(root, 'product:price:currency') ?? meta(root, 'og:price:currency') ?? null,
    stock: stockOf(meta(root, 'product:availability') ?? meta(root, 'og:availability')),
    from: 'open-graph',
  }
}

function meta(root: ParentNode, name: string): string | undefined {
  const found = SELECTING.first(`meta[property="${name}"], meta[name="${name}"]`, root)
  return found?.attribs['content']
}
