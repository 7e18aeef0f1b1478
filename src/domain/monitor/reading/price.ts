import type { ParentNode } from '../../page/tree/nodes.ts'
import { statedPrice } from '../../page/metadata/stated-price.ts'
import type { Block } from '../block.ts'
import { wordsOf } from '../diff/words.ts'
import type { PriceRule } from '../rules.ts'
import { textAt } from './fields.ts'
import { currencyIn } from '../../values/currency.ts'
import { readNumber } from '../../values/number.ts'
import type { PriceReading } from './reading.ts'

/** The price that a page states, from the first place that has one: the owner's selector, the page's product markup. */
export function readPrice(root: ParentNode, blocks: readonly Block[], rule: PriceRule): PriceReading {
  const stated = fromSelector(root, rule) ?? statedPrice(root) ?? NOWHERE
  return saysSoldOut(blocks) ? { ...stated, stock: 'out' } : stated
}

export const NOWHERE: PriceReading = { amount: null, currency: null, stock: 'unknown', from: 'nowhere' }

function fromSelector(root: ParentNode, { selector, locale }: PriceRule): PriceReading | undefined {
  if (selector === undefined) return undefined
  const text = textAt(root, selector)
  if (text === null) return { ...NOWHERE, from: 'selector' }
  const amount = readNumber(text, { isPrice: true, ...(locale !== undefined && { locale }) })
  return { amount, currency: currencyIn(text), stock: 'unknown', from: 'selector' }
}

const SOLD_OUT =
  /(?<!\p{L})(?:sold out|out of stock|currently unavailable|no longer available|ausverkauft|nicht (?:vorrätig|lieferbar)|épuisé|rupture de stock|agotado|esgotado|esaurito|uitverkocht|slutsåld|wyprzedane)(?!\p{L})|売り切れ|在庫切れ|售罄|품절/iu
/** A longer text speaks about being sold out; a short one says it. */
const MOST_WORDS = 8

/** What visitors read beats what the markup claims: shops forget the latter. */
function saysSoldOut(blocks: readonly Block[]): boolean {
  return blocks.some(({ text }) => SOLD_OUT.test(text) && wordsOf(text).length <= MOST_WORDS)
}
