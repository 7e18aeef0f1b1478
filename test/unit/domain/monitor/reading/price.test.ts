import { describe, expect, it } from 'vitest'
import { readDate } from '../../../../../src/domain/values/date.ts'
import { readNumber } from '../../../../../src/domain/values/number.ts'
import { readTarget } from '../../../../../src/domain/monitor/reading/read-target.ts'
import { MINUTE, Watched, answer } from '../page.ts'

async function priceOf(html: string) {
  const reading = await readTarget(answer(html), { price: {} })
  return reading.fetch === 'ok' ? reading.price : reading
}

const ld = (offer: string) => `<script type="application/ld+json">${offer}</script><p>Kettle</p>`

describe('prices', () => {
  it.each([
    ['JSON-LD, a number', ld('{"@type":"Product","offers":{"@type":"Offer","price":2879.2,"priceCurrency":"EUR"}}')],
    ['JSON-LD, a string', ld('{"@type":"Product","offers":{"@type":"Offer","price":"2879.20","priceCurrency":"EUR"}}')],
    ['JSON-LD, an array', ld('[{"@type":"Product","offers":[{"price":"2879.2","priceCurrency":"EUR"}]}]')],
    [
      'microdata',
      '<p itemprop=offers><b itemprop=price content="2879.20">x</b><i itemprop=priceCurrency content=EUR></i></p>',
    ],
    [
      'Open Graph',
      '<meta property="product:price:amount" content="2879.20"><meta property="product:price:currency" content="EUR"><p>K</p>',
    ],
  ])('32, 33: %s', async (_name, html) => {
    expect(await priceOf(html)).toMatchObject({ amount: 2879.2, currency: 'EUR' })
  })

  it.each([
    ['1,400', 1400],
    ['1.234,56', 1234.56],
    ['1 099,00 €', 1099],
    ['1 099,00 €', 1099],
    ['1,234,567', 1234567],
    ["CHF 1'250.50", 1250.5],
    ['₹1,23,456.00', 123456],
    ['$0.125', 0.125],
    ['from $9.90', 9.9],
    ['free', null],
  ])('34 ★: %s', (text, amount) => {
    expect(readNumber(text, { isPrice: true })).toBe(amount)
  })

  it.each([
    ['1.234', 'de', 1234],
    ['1.234', 'en', 1.234],
    ['1,234', 'de', 1.234],
    ['1,234', 'en', 1234],
  ])('the language decides what %s is in %s', (text, locale, value) => {
    expect(readNumber(text, { locale })).toBe(value)
  })

  it.each([
    ['03/04/2026', 'en-US', '2026-03-04'],
    ['03/04/2026', 'en-GB', '2026-04-03'],
    ['24. November 2026', 'de', '2026-11-24'],
    ['November 24, 2026', 'en', '2026-11-24'],
    ['2026年11月24日', 'ja', '2026-11-24'],
  ])('dates: %s in %s', (text, locale, date) => {
    expect(readDate(text, locale)).toBe(date)
  })

  const shop = (price: number, stock = 'InStock', text = '') =>
    ld(`{"@type":"Offer","price":${price},"availability":"https://schema.org/${stock}"}`) + text

  it('35: only the way back into stock is told; a visible “sold out” beats the markup', async () => {
    const watched = new Watched({ price: {}, select: { include: ['.none', 'p'] } })
    const told = await watched.tells(shop(10), shop(10, 'OutOfStock'), shop(10), shop(10, 'InStock', '<p>Sold out</p>'))
    expect(told.slice(0, 3)).toEqual(['baseline', 'unchanged', 'changed'])
    expect(await priceOf(shop(10, 'InStock', '<p>Sold out</p>'))).toMatchObject({ stock: 'out' })
  })

  it('36 ★: percent is measured from the last alerted price', async () => {
    const watched = new Watched({ price: { percent: 10 } })
    const told = await watched.tells(...[100, 97, 94, 91, 90, 88, 82, 81].map((price) => shop(price)))
    expect(told).toEqual([
      'baseline',
      'unchanged',
      'unchanged',
      'unchanged',
      'changed',
      'unchanged',
      'unchanged',
      'changed',
    ])
  })

  it('36 ★: crossing a band re-arms', async () => {
    const watched = new Watched({ price: { below: 100 } })
    const told = await watched.tells(...[120, 99, 95, 101, 100].map((price) => shop(price)))
    expect(told).toEqual(['baseline', 'changed', 'unchanged', 'unchanged', 'changed'])
  })

  it('23: a price that only the markup has shows in the difference', async () => {
    const watched = new Watched({ price: {} })
    await watched.sees(shop(10))
    const { change } = await watched.sees(shop(12))
    expect(change?.fields).toEqual([{ name: 'price', before: 10, after: 12 }])
  })

  it('22 ★: a price that waits for confirmation is told once it is confirmed, and not when it reverts', async () => {
    const watched = new Watched({ price: {}, confirm: { rechecks: 1, afterMs: MINUTE } })
    expect(await watched.tells(...[10, 12, 10, 12, 12, 12].map((price) => shop(price)))).toEqual([
      'baseline',
      'suppressed',
      'suppressed',
      'suppressed',
      'changed',
      'unchanged',
    ])
  })
})
