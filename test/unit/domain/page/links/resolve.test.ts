import { describe, expect, it } from 'vitest'
import { Resolver } from '../../../../../src/domain/page/links/resolve.ts'
import { readPage } from '../../../../../src/domain/page/read-page.ts'

const PAGE = 'https://a.test/x/'

describe('addresses of a document', () => {
  it.each([
    ['b', 'https://a.test/x/b'],
    ['mailto:ada@a.test', null],
    ['b\n', 'https://a.test/x/b'],
    ['b"><p>the rest\nof the page<a href=', null],
  ])('%j', (href, address) => {
    expect(new Resolver(PAGE).web(href)).toBe(address)
  })

  it('do not stand against a base of absurd length', () => {
    expect(new Resolver(PAGE, `/${'b'.repeat(5_000)}/`).web('c')).toBe('https://a.test/x/c')
  })

  it('can not make a page a hundred times as long, and that is told', () => {
    const html = `<base href="/${'b'.repeat(1_900)}/"><p>${'<a href=c>d</a>'.repeat(20_000)}`
    const formats = new Set(['markdown', 'html', 'links'] as const)
    const body = new TextEncoder().encode(html)
    const reading = readPage({ url: PAGE, contentType: 'text/html', body, formats, onlyMainContent: false })
    expect((reading.markdown?.length ?? 0) + (reading.html?.length ?? 0)).toBeLessThan(22_000_000)
    expect(reading.warnings.map(({ code }) => code)).toContain('too_many_addresses')
  })
})
