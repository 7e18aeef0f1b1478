import { describe, expect, it } from 'vitest'
import { readPage } from '../../../../src/domain/page/read-page.ts'

function metadata(html: string): Record<string, unknown> {
  const body = new TextEncoder().encode(html)
  const formats = new Set(['metadata'] as const)
  const reading = readPage({
    url: 'https://shop.test/tea/',
    contentType: 'text/html',
    body,
    formats,
    onlyMainContent: true,
  })
  return reading.metadata ?? {}
}

describe('microdata (HTML standard §5.2)', () => {
  it('are items with their properties, addresses absolute', () => {
    const html = `<div itemscope itemtype="https://schema.org/Product" itemid="#tea"><h1 itemprop=name>Tea</h1>
      <img itemprop=image src=/tea.jpg><a itemprop=url href=green>x</a><data itemprop=sku value=X9>nine</data>
      <time itemprop="releaseDate" datetime="2026-03-01">March</time><span itemprop="color material">green</span>
      <div itemprop=offers itemscope itemtype="https://schema.org/Offer"><b itemprop=price content="4.50">4,50 €</b>
      <meta itemprop=priceCurrency content=EUR><link itemprop=availability href="https://schema.org/InStock"></div></div>`
    expect(metadata(html)).toMatchObject({
      microdata: [
        {
          type: ['https://schema.org/Product'],
          id: 'https://shop.test/tea/#tea',
          properties: {
            name: ['Tea'],
            image: ['https://shop.test/tea.jpg'],
            url: ['https://shop.test/tea/green'],
            sku: ['X9'],
            releaseDate: ['2026-03-01'],
            color: ['green'],
            material: ['green'],
            offers: [
              {
                type: ['https://schema.org/Offer'],
                properties: { price: ['4.50'], priceCurrency: ['EUR'], availability: ['https://schema.org/InStock'] },
              },
            ],
          },
        },
      ],
      product: { price: 4.5, currency: 'EUR', stock: 'in' },
    })
  })

  it('reach elsewhere by itemref, and never into themselves', () => {
    const html = `<div itemscope itemref="n x missing"></div><p id=n itemprop=name>Ada</p>
      <div id=x itemprop=knows itemscope itemref=x><b itemprop=name>Bob</b></div>`
    expect(metadata(html)['microdata']).toEqual([
      { type: [], properties: { name: ['Ada'], knows: [{ type: [], properties: { name: ['Bob'] } }] } },
    ])
  })

  it('of names that objects have of their own are values like any other', () => {
    const [item] = metadata('<p itemscope><b itemprop="__proto__ constructor">x</b></p>')['microdata'] as [
      { properties: object },
    ]
    expect(Object.entries(item.properties)).toEqual([
      ['__proto__', ['x']],
      ['constructor', ['x']],
    ])
  })

  it.each([
    ['wide', '<p itemscope>' + '<b itemprop="a b c d e f g h">words</b>'.repeat(20_000)],
    ['deep', '<p itemscope itemprop=a>'.repeat(500)],
    [
      'that refer to one another',
      Array.from(
        { length: 300 },
        (_, at) =>
          `<p id=p${at} itemprop=a itemscope itemref="${Array.from({ length: 300 }, (_each, to) => `p${to}`).join(' ')}"></p>`,
      ).join('') + '<p itemscope itemref=p1></p>',
    ],
  ])('end at a bound: %s', (_name, html) => {
    const start = performance.now()
    expect(JSON.stringify(metadata(html)).length).toBeLessThan(2_000_000)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe('RDFa Lite 1.1', () => {
  it('is items, their names short within their vocabulary', () => {
    const html = `<body vocab="https://schema.org/" prefix="ex: https://example.org/"><div typeof=Product resource="#tea">
      <h1 property=name>Tea</h1><meta property="ex:grade" content=A><div property=offers typeof="schema:Offer">
      <span property=price content="4.50">4,50</span><a property=url href=/buy>buy</a></div></div></body>`
    expect(metadata(html)['rdfa']).toEqual([
      {
        type: ['https://schema.org/Product'],
        id: 'https://shop.test/tea/#tea',
        properties: {
          name: ['Tea'],
          'https://example.org/grade': ['A'],
          offers: [
            { type: ['https://schema.org/Offer'], properties: { price: ['4.50'], url: ['https://shop.test/buy'] } },
          ],
        },
      },
    ])
  })
})

describe('RDFa items inside others', () => {
  it("stand by themselves where they are nobody's property", () => {
    const html = `<div vocab="https://schema.org/" typeof=WebPage><p typeof=Person><b property=name>Ada</b></p></div>`
    expect(metadata(html)['rdfa']).toEqual([
      { type: ['https://schema.org/WebPage'], properties: {} },
      { type: ['https://schema.org/Person'], properties: { name: ['Ada'] } },
    ])
  })

  it('end at a bound', () => {
    const html = `<div vocab="https://schema.org/" typeof=A>${'<p property=a typeof=B><b property=c>'.repeat(200)}${'words '.repeat(500_000)}`
    expect(JSON.stringify(metadata(html)).length).toBeLessThan(6_000_000)
  })
})

describe('what a page says beside its text', () => {
  it('is its feeds, icon and other languages', () => {
    const html = `<link rel=alternate type="application/rss+xml" href=/feed><link rel="shortcut icon" href=/i.ico>
      <link rel=alternate hreflang=de href=/de/><link rel=alternate hreflang=x-default href="/">
      <link rel=alternate hreflang=fr href="javascript:x">`
    expect(metadata(html)).toMatchObject({
      feeds: ['https://shop.test/feed'],
      favicon: 'https://shop.test/i.ico',
      alternates: [
        { language: 'de', url: 'https://shop.test/de/' },
        { language: 'x-default', url: 'https://shop.test/' },
      ],
    })
  })

  it.each([
    [
      'JSON-LD',
      `<script type="application/ld+json">{"@type":"Product","name":"Tea","brand":{"name":"Leaf"},"sku":"X9","offers":{"@type":"Offer","price":"4.50","priceCurrency":"EUR","availability":"https://schema.org/OutOfStock"}}</script>`,
      { name: 'Tea', brand: 'Leaf', sku: 'X9', price: 4.5, currency: 'EUR', stock: 'out' },
    ],
    [
      'Open Graph',
      '<meta property="product:price:amount" content="4.50"><meta property="product:price:currency" content=EUR>',
      { price: 4.5, currency: 'EUR', stock: 'unknown' },
    ],
  ])('is the price of a product: %s', (_name, html, product) => {
    expect(metadata(html)['product']).toEqual(product)
  })

  it('is no product where nothing is sold', () => {
    expect(metadata('<p>4,50 €</p>')).not.toHaveProperty('product')
  })
})
