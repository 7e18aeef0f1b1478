import { describe, expect, it } from 'vitest'
import { fieldFaults } from '../../../../src/domain/page/fields/field-faults.ts'
import type { FieldRule, FieldRules } from '../../../../src/domain/page/fields/field-rules.ts'
import { readPage } from '../../../../src/domain/page/read-page.ts'

function reading(html: string, fields: FieldRules, contentType = 'text/html; charset=utf-8') {
  const body = new TextEncoder().encode(html)
  const formats = new Set(['fields'] as const)
  return readPage({ url: 'https://shop.test/list/', contentType, body, formats, onlyMainContent: true, fields })
}

const read = (html: string, fields: FieldRules, contentType?: string) => reading(html, fields, contentType).fields
const one = (html: string, rule: FieldRule) => read(html, { value: rule })?.['value']

const SHOP = `<html lang="de"><title>Laden</title><nav><a href="/">Start</a></nav><ul>
<li class="item" data-id="7"><a href="../tee?x=1">Tee <b>grün</b></a> <span class="price">1.234,50 €</span>
  <time datetime="2026-03-01T10:00:00+01:00">gestern</time></li>
<li class="item" data-id="8"><a href="kaffee">Kaffee</a> <span class="price">ausverkauft</span></li></ul>
<meta itemprop="sku" content="X9"><p class="share">3,5 %</p><img src="data:," data-src="/tee.jpg" alt="">`

describe('fields', () => {
  it.each<[name: string, rule: FieldRule, value: unknown]>([
    ['text, its space collapsed', { selector: 'li a' }, 'Tee grün'],
    ['all of them', { selector: 'li a', all: true }, ['Tee grün', 'Kaffee']],
    ['an attribute', { selector: 'li', attribute: 'data-id' }, '7'],
    ['an attribute in any case', { selector: 'li', attribute: 'DATA-ID', as: 'number' }, 7],
    [
      'HTML of the element itself',
      { selector: 'li a', as: 'html' },
      expect.stringMatching(/^<a href=.*<b>grün<\/b><\/a>$/),
    ],
    [
      'Markdown with absolute addresses',
      { selector: 'li a', as: 'markdown' },
      '[Tee **grün**](https://shop.test/tee?x=1)',
    ],
    ['a number as the page writes it', { selector: '.share', as: 'number' }, 3.5],
    ['a number as the caller says', { selector: '.share', as: 'number', locale: 'en' }, 3.5],
    ['a price', { selector: '.price', as: 'price' }, 1234.5],
    ['its currency', { selector: '.price', as: 'currency' }, 'EUR'],
    ['a date, its time and zone kept', { selector: 'time', as: 'date' }, '2026-03-01T10:00:00+01:00'],
    ['an address', { selector: 'li a', as: 'url' }, 'https://shop.test/tee?x=1'],
    ['the address of an image that loads late', { selector: 'img', as: 'url' }, 'https://shop.test/tee.jpg'],
    ['content of a meta element', { selector: '[itemprop=sku]' }, 'X9'],
    ['XPath', { selector: '//li[2]/a' }, 'Kaffee'],
    ['XPath of attributes', { selector: '//li/@data-id', all: true, as: 'number' }, [7, 8]],
    ['XPath of texts', { selector: 'xpath: //li[1]/a/text()' }, 'Tee '],
    ['XPath that counts', { selector: 'xpath:count(//li)', as: 'number' }, 2],
    ['outside the main content', { selector: 'nav a' }, 'Start'],
    ['nothing', { selector: '.none' }, null],
    ['nothing of all', { selector: '.none', all: true }, []],
    ['an attribute that is missing', { selector: 'li', attribute: 'title' }, null],
    ['what is no number', { selector: 'title', as: 'number' }, null],
    ['what is no price among prices', { selector: '.price', all: true, as: 'price' }, [1234.5, null]],
    ['what is no date', { selector: 'title', as: 'date' }, null],
    ['what is no address', { selector: '.price', as: 'url' }, null],
  ])('%s', (_name, rule, value) => {
    expect(one(SHOP, rule)).toEqual(value)
  })

  it('make records, looked for inside each match', () => {
    const items: FieldRule = {
      selector: 'li.item',
      all: true,
      fields: {
        id: { selector: ':scope', attribute: 'data-id', as: 'number' },
        name: { selector: './/a' },
        url: { selector: '> a', as: 'url' },
        price: { selector: '.price', as: 'price' },
        times: { selector: 'time', all: true, fields: { on: { selector: 'xpath:@datetime', as: 'date' } } },
      },
    }
    expect(one(SHOP, items)).toEqual([
      {
        id: 7,
        name: 'Tee grün',
        url: 'https://shop.test/tee?x=1',
        price: 1234.5,
        times: [{ on: '2026-03-01T10:00:00+01:00' }],
      },
      { id: 8, name: 'Kaffee', url: 'https://shop.test/list/kaffee', price: null, times: [] },
    ])
    expect(one(SHOP, { ...items, selector: '.none' })).toEqual([])
    expect(one(SHOP, { ...items, selector: '.none', all: false })).toBeNull()
  })

  it('read what a language writes in its own way, the caller before the page', () => {
    const page = (lang: string, text: string) => `<html lang="${lang}"><p>${text}</p>`
    const p = (as: FieldRule['as'], locale?: string): FieldRule => ({ selector: 'p', as, locale })
    expect(one(page('de', '1.234'), p('number'))).toBe(1234)
    expect(one(page('en', '1.234'), p('number'))).toBe(1.234)
    expect(one(page('en', '1.234'), p('number', 'de'))).toBe(1234)
    expect(one(page('en', '1.234 €'), p('price'))).toBe(1234)
    expect(one(page('en-US', '03/04/2026'), p('date'))).toBe('2026-03-04')
    expect(one(page('en-GB', '03/04/2026'), p('date'))).toBe('2026-04-03')
    expect(one(page('fr', '3 août 2026'), p('date'))).toBe('2026-08-03')
    expect(one(page('ja', '２０２６年３月４日'), p('date'))).toBe('2026-03-04')
  })

  it('read XML by its own names, feeds too', () => {
    const feed = `<rss><channel><item><title>A &amp; B</title><link>/1</link><pubDate>Tue, 24 Nov 2026 10:00:00 +0100</pubDate>
      <description><![CDATA[<p>Hi <b>you</b></p>]]></description></item></channel></rss>`
    const items: FieldRule = {
      selector: 'item',
      all: true,
      fields: {
        title: { selector: 'title' },
        link: { selector: 'link', as: 'url' },
        at: { selector: 'pubDate', as: 'date' },
        body: { selector: 'description', as: 'markdown' },
      },
    }
    expect(
      read(feed, { items, count: { selector: 'xpath:count(//item)', as: 'number' } }, 'application/rss+xml'),
    ).toEqual({
      items: [{ title: 'A & B', link: 'https://shop.test/1', at: '2026-11-24T10:00:00+01:00', body: 'Hi **you**' }],
      count: 1,
    })
  })

  it('of a body without elements are nothing', () => {
    const rules: FieldRules = { a: { selector: 'a' }, b: { selector: 'b', all: true } }
    expect(read('{"a":1}', rules, 'application/json')).toEqual({ a: null, b: [] })
  })
})

describe('fields are bounded', () => {
  it('in characters: selecting everything inside everything ends, and that is told', () => {
    const page = `${'<div>'.repeat(300)}${'words '.repeat(5_000)}`
    const { fields, warnings } = reading(page, { all: { selector: '*', all: true }, later: { selector: 'div' } })
    expect(JSON.stringify(fields).length).toBeLessThan(2_100_000)
    expect(fields?.['later']).toBeNull()
    expect(warnings.filter(({ code }) => code === 'fields_truncated')).toHaveLength(1)
  })

  it.each([
    ['CSS', `nope ${'div '.repeat(20)}`],
    ['XPath', '//*[count(//*[count(//*) > 1]) > 1]'],
  ])('in what their selectors look at: %s', (_name, selector) => {
    const { fields, warnings } = reading('<div>'.repeat(400), { slow: { selector } })
    expect(fields).toEqual({ slow: null })
    expect(warnings).toContainEqual({
      code: 'field_not_read',
      detail: 'slow: The selector looks at too many nodes.',
    })
  })

  it('XML nested 100,000 deep is read as far as it goes', () => {
    const { warnings } = reading(`<a>${'<b>'.repeat(100_000)}`, { b: { selector: 'b' } }, 'text/xml')
    expect(warnings.map(({ code }) => code)).toEqual(['too_many_nodes'])
  })
})

describe('rules that could not work', () => {
  const nested = (levels: number): FieldRules => ({
    a: levels === 0 ? { selector: 'a' } : { selector: 'a', fields: nested(levels - 1) },
  })

  it.each<[path: string, rules: FieldRules]>([
    ['fields.a.selector', { a: { selector: 'a[' } }],
    ['fields.a.selector', { a: { selector: '//li[' } }],
    ['fields.a.selector', { a: { selector: '//li[document("x")]' } }],
    ['fields.a.fields.b.selector', { a: { selector: 'a', fields: { b: { selector: ':nope' } } } }],
    ['fields.a.as', { a: { selector: 'a', as: 'text', fields: { b: { selector: 'b' } } } }],
    ['fields.a.attribute', { a: { selector: 'a', attribute: 'b', fields: { b: { selector: 'b' } } } }],
    ['fields.a.as', { a: { selector: 'a', attribute: 'title', as: 'markdown' } }],
    ['fields.a.locale', { a: { selector: 'a', locale: 'german, please' } }],
    ['fields.a.fields', { a: { selector: 'a', fields: {} } }],
    ['fields', {}],
    ['fields', nested(4)],
    ['fields', Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`f${at}`, { selector: 'a' }]))],
    ['fields', Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}`, { selector: 'a'.repeat(400) }]))],
  ])('are told with their place: %s', (path, rules) => {
    expect(fieldFaults(rules, 'fields').map((fault) => fault.path)).toEqual([path])
  })

  it('and what can work passes', () => {
    expect(fieldFaults(nested(3), 'fields')).toEqual([])
  })
})
