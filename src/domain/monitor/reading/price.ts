import { selectAll, selectOne } from 'css-select'
import { Element, type ParentNode } from 'domhandler'
import { hasType, type JsonLdNode, jsonLdNodes } from '../../page/metadata/json-ld.ts'
import { textInside } from '../../page/tree/reading-nodes.ts'
import type { Block } from '../block.ts'
import { wordsOf } from '../diff/words.ts'
import type { PriceRule } from '../rules.ts'
import { textAt } from './fields.ts'
import { currencyIn } from '../../values/currency.ts'
import { readNumber } from '../../values/number.ts'
import type { PriceReading, Stock } from './reading.ts'

/** The price that a page states, from the first place that has one: the owner's selector, JSON-LD, microdata, Open Graph. */
export function readPrice(root: ParentNode, blocks: readonly Block[], rule: PriceRule): PriceReading {
  const stated = fromSelector(root, rule) ?? fromJsonLd(root) ?? fromMicrodata(root) ?? fromOpenGraph(root) ?? NOWHERE
  return saysSoldOut(blocks) ? { ...stated, stock: 'out' } : stated
}

const NOWHERE: PriceReading = { amount: null, currency: null, stock: 'unknown', from: 'nowhere' }

function fromSelector(root: ParentNode, { selector, locale }: PriceRule): PriceReading | undefined {
  if (selector === undefined) return undefined
  const text = textAt(root, selector)
  if (text === null) return { ...NOWHERE, from: 'selector' }
  const amount = readNumber(text, { isPrice: true, ...(locale !== undefined && { locale }) })
  return { amount, currency: currencyIn(text), stock: 'unknown', from: 'selector' }
}

function fromJsonLd(root: ParentNode): PriceReading | undefined {
  const scripts = selectAll('script[type="application/ld+json"]', root.children)
  const nodes = jsonLdNodes(scripts.map((script) => scriptText(script as Element)))
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
function offerOfUntyped(nodes: readonly JsonLdNode[]): PriceReading | undefined {
  for (const node of nodes.filter((each) => hasType(each, /Product$/))) {
    const offers = [node['offers'], node].flat()
    for (const offer of offers) {
      if (typeof offer === 'object' && offer !== null && priceOf({ ...offer }) !== null) return offered({ ...offer })
    }
  }
  return undefined
}

function offered(offer: JsonLdNode): PriceReading {
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

function fromMicrodata(root: ParentNode): PriceReading | undefined {
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
  const found = selectOne(`[itemprop="${name}"]`, root.children)
  if (!(found instanceof Element)) return undefined
  return found.attribs['content'] ?? found.attribs['href'] ?? textInside(found)
}

function fromOpenGraph(root: ParentNode): PriceReading | undefined {
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
  const found = selectOne(`meta[property="${name}"], meta[name="${name}"]`, root.children)
  return found instanceof Element ? found.attribs['content'] : undefined
}

const SOLD_OUT =
  /(?<!\p{L})(?:sold out|out of stock|currently unavailable|no longer available|ausverkauft|nicht (?:vorrätig|lieferbar)|épuisé|rupture de stock|agotado|esgotado|esaurito|uitverkocht|slutsåld|wyprzedane)(?!\p{L})|売り切れ|在庫切れ|售罄|품절/iu
/** A longer text speaks about being sold out; a short one says it. */
const MOST_WORDS = 8

/** What visitors read beats what the markup claims: shops forget the latter. */
function saysSoldOut(blocks: readonly Block[]): boolean {
  return blocks.some(({ text }) => SOLD_OUT.test(text) && wordsOf(text).length <= MOST_WORDS)
}
