import { describe, expect, it } from 'vitest'
import type { PageReading } from '../../../../src/domain/page/page.ts'
import { readPage } from '../../../../src/domain/page/read-page.ts'

const ITEMS = 30_000

/** 150,000 nodes and attributes: two windows. */
const item = (number: number) =>
  `<li class=${number % 2 === 0 ? 'even' : 'odd'}><a href=/${number % 1_000}>no. ${number}</a></li>\n`
const LIST = `<title>Large</title><main id=b><h1>Large</h1><ul class=c>${Array.from({ length: ITEMS }, (_, number) => item(number)).join('')}</ul></main><footer>the end</footer>`

function read(html: string, rest: Partial<Parameters<typeof readPage>[0]> = {}): PageReading {
  const body = new TextEncoder().encode(html)
  const formats = new Set(['markdown', 'text', 'html', 'links', 'images', 'metadata', 'tables', 'fields'] as const)
  return readPage({ url: 'https://a.test/', contentType: 'text/html', body, formats, onlyMainContent: false, ...rest })
}

function codes({ warnings }: PageReading): string[] {
  return warnings.map(({ code }) => code)
}

describe('a document that is read in windows', () => {
  const fields = {
    all: { selector: '#b > ul.c > li.odd > a', all: true },
    first: { selector: 'li a' },
    last: { selector: 'footer' },
    none: { selector: 'aside' },
  }
  const reading = read(LIST, { fields })

  it('loses nothing, and has nothing twice', () => {
    const numbers = [...(reading.text ?? '').matchAll(/no\. (\d+)/g)].map(([, number]) => Number(number))
    expect(numbers).toEqual(Array.from({ length: ITEMS }, (_, number) => number))
    expect(reading.markdown?.match(/^- \[no\. \d+\]\(https:\/\/a\.test\/\d+\)$/gm)).toHaveLength(ITEMS)
    expect(reading.links).toHaveLength(1_000)
    expect(reading.title).toBe('Large')
    expect(codes(reading)).toEqual(['read_in_windows'])
  })

  it('has the same elements around what follows as around what was before', () => {
    expect(reading.fields?.['all']).toHaveLength(ITEMS / 2)
    expect(reading.fields).toMatchObject({ first: 'no. 0', last: 'the end', none: null })
    expect(codes(read(LIST, { includeSelectors: ['main li'] }))).toEqual(['read_in_windows'])
    expect(read(LIST, { excludeSelectors: ['main'] }).text).toBe('the end')
  })

  it('is cut between the rows of a table rather than within one', () => {
    const row = (number: number) => `<tr><td>${number}</td><td>of ${number}</td></tr>`
    const { tables } = read(`<table>${Array.from({ length: 24_000 }, (_, number) => row(number)).join('')}</table>`)
    const rows = (tables ?? []).flatMap((table) => table.rows)
    expect(rows).toEqual(Array.from({ length: 24_000 }, (_, number) => [`${number}`, `of ${number}`]))
  })

  it('says so of a document that nothing of is included, and not of one that the first window has nothing of', () => {
    expect(codes(read(LIST, { includeSelectors: ['aside'] }))).toContain('nothing_included')
    expect(read(LIST, { includeSelectors: ['footer'] })).toMatchObject({ text: 'the end' })
    expect(codes(read(LIST, { includeSelectors: ['footer'] }))).not.toContain('nothing_included')
  })
})
