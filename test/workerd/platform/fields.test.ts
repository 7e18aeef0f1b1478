import { describe, expect, it } from 'vitest'
import type { Document } from '../../../src/contracts/api/document.ts'
import { newOwner } from '../owner.ts'
import { type Site, openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed, send } from './api-calls.ts'

const item = (name: string, price: string): string =>
  `<html lang="de"><title>${name}</title><main><h1>${name}</h1><p class="price">${price}</p>
  <ul><li><a href="/a">eins</a><li><a href="b?x=1">zwei</a></ul>
  <table><tr><th>Größe<th>Preis<tr><td>S<td>${price}</table><a href="/two">weiter</a></main>`

const FIELDS = {
  price: { selector: '.price', as: 'price' },
  name: { selector: '//h1' },
  parts: { selector: 'li', all: true, fields: { text: { selector: 'a' }, url: { selector: 'a', as: 'url' } } },
  missing: { selector: '.missing' },
}
const ASKED = [{ type: 'fields', fields: FIELDS }]

function openShop(): Promise<Site> {
  return openSite({ '/': item('Tee, grün', '1.234,50 €'), '/two': item('=Kaffee', '7 €') })
}

const read = (site: Site, name: string, price: number) => ({
  price,
  name,
  parts: [
    { text: 'eins', url: `${site.origin}/a` },
    { text: 'zwei', url: `${site.origin}/b?x=1` },
  ],
  missing: null,
})

describe('fields and tables', () => {
  it('are part of a scrape', async () => {
    const site = await openShop()
    const request = { url: `${site.origin}/`, formats: ['tables', ...ASKED] }
    const { data } = await call<{ data: Document }>(await newOwner(), '/v1/scrape', request)
    expect(data.fields).toEqual(read(site, 'Tee, grün', 1234.5))
    expect(data.tables).toEqual([{ headers: ['Größe', 'Preis'], rows: [['S', '1.234,50 €']] }])
    expect(data).not.toHaveProperty('markdown')
  })

  it('are part of a crawl, of what narrows it, and of its exports', async () => {
    const site = await openShop()
    const key = await newOwner()
    const options = { sitemap: 'skip', delayMs: 0, scrapeOptions: { formats: ['markdown', 'tables', ...ASKED] } }
    const { id } = await call<Crawl>(key, '/v1/crawls', { url: `${site.origin}/`, ...options })
    await completed(key, id)
    const list = (query: string) => call<{ data: Document[] }>(key, `/v1/crawls/${id}/pages${query}`)
    const [first] = (await list('')).data
    expect(first?.fields).toEqual(read(site, 'Tee, grün', 1234.5))
    expect(first?.tables).toHaveLength(1)
    const [narrowed] = (await list('?formats=fields')).data
    expect(narrowed).toHaveProperty('fields')
    expect(narrowed).not.toHaveProperty('markdown')
    const exported = async (format: string) => {
      const file = await send(key, `/v1/crawls/${id}/export?format=${format}`)
      return new TextDecoder().decode(await file.arrayBuffer())
    }
    const lines = (await exported('jsonl')).trim().split('\n')
    expect(new Set(lines.map((line) => (JSON.parse(line) as Document).fields?.['price']))).toEqual(new Set([1234.5, 7]))
    const csv = await exported('csv')
    expect(csv).toMatch(/contentHash,fields\.missing,fields\.name,fields\.parts,fields\.price\r\n/)
    expect(csv).toMatch(/,,"Tee, grün","\[\{""url"".*",1234\.5\r\n/)
    expect(csv).toMatch(/,,'=Kaffee,.*,7\r\n/)
  })

  it('are part of a batch', async () => {
    const site = await openShop()
    const key = await newOwner()
    const { id } = await call<Crawl>(key, '/v1/batches', { urls: [`${site.origin}/two`], formats: ASKED })
    await completed(key, id)
    const { data } = await call<{ data: Document[] }>(key, `/v1/batches/${id}/pages`)
    expect(data[0]?.fields).toMatchObject({ name: '=Kaffee', price: 7 })
  })
})

describe('fields that could not work are refused when they are asked for', () => {
  const asking = (rule: unknown) => ['markdown', { type: 'fields', fields: { price: rule } }]

  it.each<[path: string, formats: unknown]>([
    ['formats.1.fields.price.selector', asking({ selector: 'p[' })],
    ['formats.1.fields.price.selector', asking({ selector: '//p[' })],
    ['formats.1.fields.price.selector', asking({})],
    ['formats.1.fields.price.as', asking({ selector: 'p', as: 'money' })],
    ['formats.1.fields.price.nonsense', asking({ selector: 'p', nonsense: 1 })],
    ['formats.1.fields.price.fields.x.selector', asking({ selector: 'p', fields: { x: { selector: ':x' } } })],
    ['formats.1.fields', ['markdown', { type: 'fields', fields: {} }]],
    ['formats.1.fields', ['markdown', { type: 'fields' }]],
    ['formats.1', ['markdown', 'fields']],
    ['formats.1.type', ['markdown', { type: 'field', fields: { a: { selector: 'a' } } }]],
    ['formats.1', [...ASKED, ...ASKED]],
  ])('%s', async (path, formats) => {
    const key = await newOwner()
    const url = 'http://127.0.0.1:9/'
    const bodies = {
      '/v1/scrape': { url, formats },
      '/v1/batches': { urls: [url], formats },
      '/v1/crawls': { url, scrapeOptions: { formats } },
    }
    for (const [call, body] of Object.entries(bodies)) {
      const response = await send(key, call, body)
      expect(response.status).toBe(400)
      const { errors } = await response.json<{ errors: { path: string }[] }>()
      const prefix = call === '/v1/crawls' ? 'scrapeOptions.' : ''
      expect(errors.map((error) => error.path)).toEqual([prefix + path])
    }
  })
})
