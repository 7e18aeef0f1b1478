import { describe, expect, it } from 'vitest'
import { readPage } from '../../../../src/domain/page/read-page.ts'
import { readDocument } from '../../../../src/domain/page/read-document.ts'
import { fixture } from './documents/fixture.ts'

const formats = new Set(['tables'] as const)

function reading(html: string, contentType = 'text/html', more: { excludeSelectors?: string[] } = {}) {
  const body = new TextEncoder().encode(html)
  return readPage({ url: 'https://site.test/', contentType, body, formats, onlyMainContent: true, ...more })
}

const tables = (html: string, contentType?: string) => reading(html, contentType).tables

describe('tables', () => {
  it('have a caption, headers and rows', () => {
    const html =
      '<table><caption>Teas</caption><thead><tr><th>Name<th>Price</thead><tr><td>Green <b>tea</b><td>1<br>each<tr><td>Black<td></table>'
    expect(tables(html)).toEqual([
      {
        caption: 'Teas',
        headers: ['Name', 'Price'],
        rows: [
          ['Green tea', '1 each'],
          ['Black', ''],
        ],
      },
    ])
  })

  it('repeat what a cell spans, in the rows and in the headers (HTML standard §4.9.12)', () => {
    const html = `<table><thead><tr><th rowspan=2>Name<th colspan=2>Price<tr><th>net<th>gross</thead>
      <tbody><tr><td rowspan=0>Tea<td>1<td>2<tr><td colspan=2>none</table>`
    expect(tables(html)).toEqual([
      {
        headers: ['Name', 'Price / net', 'Price / gross'],
        rows: [
          ['Tea', '1', '2'],
          ['Tea', 'none', 'none'],
        ],
      },
    ])
  })

  it.each([
    ['leading rows of th', '<tr><th>a<th>b<tr><td>1<td>2', ['a', 'b']],
    ['a first row in bold', '<tr><td><b>a</b><td><strong>b</strong><tr><td>1<td>2', ['a', 'b']],
    ['none', '<tr><td>1<td>2<tr><td>3<td>4', []],
    ['none where th names the rows', '<tr><th>x<td>1<tr><th>y<td>2', []],
  ])('headers: %s', (_name, rows, headers) => {
    expect(tables(`<table>${rows}</table>`)?.[0]?.headers).toEqual(headers)
  })

  it('that lay out the page are left out, what they hold is found', () => {
    const inner = '<table><tr><th>a<th>b<tr><td>1<td>2</table>'
    expect(tables(`<table role=presentation><tr><td>menu<td>${inner}</table>`)).toEqual([
      { headers: ['a', 'b'], rows: [['1', '2']] },
    ])
    expect(tables('<table><tr><td><h2>News</h2><p>text</p></table>')).toEqual([])
  })

  it('are those of the page, whatever its main content is; what is excluded or hidden is none of it', () => {
    const rows = '<tr><th>a<th>b<tr><td>1<td hidden>2<td>3'
    const html = `<footer><table class=f>${rows}</table></footer><table hidden>${rows}</table><table class=x>${rows}</table>`
    expect(reading(html, 'text/html', { excludeSelectors: ['.x'] }).tables).toEqual([
      { headers: ['a', 'b', ''], rows: [['1', '', '3']] },
    ])
  })

  it('of CSV, one column or more', () => {
    expect(tables('a,b\n1,"x, y"\n', 'text/csv')).toEqual([{ headers: ['a', 'b'], rows: [['1', 'x, y']] }])
    expect(tables('a\n1\n2\n', 'text/csv')).toEqual([{ headers: ['a'], rows: [['1'], ['2']] }])
  })

  it.each([
    ['percentages.xlsx', 'Sheet1'],
    ['calculation.ods', 'Sheet1'],
  ])('of %s are named for their sheets', async (name) => {
    const body = fixture(name)
    const request = { url: 'https://site.test/', contentType: undefined, body, formats, onlyMainContent: true }
    const found = (await readDocument(request)).tables ?? []
    expect(found.length).toBeGreaterThan(0)
    expect(found.every(({ caption, rows }) => caption !== undefined && rows.length > 0)).toBe(true)
  })

  it('end at a bound of cells, however far they claim to span', () => {
    const html = `<table>${'<tr><td colspan=1000>x<td>y'.repeat(2_000)}</table>`
    const { tables: found = [], warnings } = reading(html)
    expect(found.flatMap(({ rows }) => rows.flat()).length).toBeLessThanOrEqual(50_000)
    expect(warnings.map(({ code }) => code)).toContain('tables_truncated')
  })
})
