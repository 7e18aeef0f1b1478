import { describe, expect, it } from 'vitest'
import type { PageFormat } from '../../../../../src/domain/page/page.ts'
import { readPage } from '../../../../../src/domain/page/read-page.ts'

function read(contentType: string, text: string) {
  const formats = new Set<PageFormat>(['markdown'])
  const body = new TextEncoder().encode(text)
  return readPage({ url: 'https://example.com/feeds/all', contentType, body, formats, onlyMainContent: true })
}

const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title>News &amp; more</title><link>/</link>
<image><title>Logo</title></image>
<item><title>First</title><link>/1</link><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>
<description><![CDATA[<p>See <a href="/deep">this</a>.</p><meta name="robots" content="nofollow">]]></description></item></channel></rss>`
const RDF = `<rdf:RDF xmlns:rdf="r"><channel><title>News &amp; more</title></channel>
<item><title>First</title><link>/1</link><description>See &lt;a href="/deep"&gt;this&lt;/a&gt;.</description></item></rdf:RDF>`
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>News &amp; more</title><link rel="self" href="/self"/>
<entry><title>First</title><link rel="edit" href="/edit"/><link href="/1"/><updated>2026-11-24</updated>
<content type="html">See &lt;a href="/deep"&gt;this&lt;/a&gt;.</content></entry></feed>`
const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'News & more',
  items: [{ title: 'First', url: '/1', content_html: 'See <a href="/deep">this</a>.' }],
})

describe('feeds', () => {
  it.each([
    ['RSS 2.0', 'application/rss+xml', RSS],
    ['RSS 1.0', 'application/rdf+xml', RDF],
    ['Atom', 'text/xml', ATOM],
    ['JSON Feed', 'application/feed+json', JSON_FEED],
  ])('%s items become Markdown with links to follow', (_name, contentType, text) => {
    const reading = read(contentType, text)
    expect(reading.title).toBe('News & more')
    expect(reading.markdown).toContain('## [First](https://example.com/1)')
    expect(reading.markdown).toContain('See [this](https://example.com/deep).')
    const urls = reading.links.map(({ url }) => url).filter((url) => url !== 'https://example.com/')
    expect(urls).toEqual(['https://example.com/1', 'https://example.com/deep'])
    expect(reading.directives).toEqual({ nofollow: false, noindex: false })
  })

  it('a declared entity is never expanded', () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>`
    expect(read('text/xml', bomb).title).not.toContain('lol')
  })

  it.each([
    ['cut off', RSS.slice(0, 200)],
    ['nested 100,000 deep', `<rss>${'<item>'.repeat(100_000)}`],
  ])('a feed that is %s still gives a reading', (_name, text) => {
    expect(read('application/rss+xml', text).wordCount).toBeGreaterThanOrEqual(0)
  })

  it('more items than are read are told in a warning', () => {
    const { warnings } = read(
      'text/xml',
      `<rss><channel>${'<item><title>a</title></item>'.repeat(1_001)}</channel></rss>`,
    )
    expect(warnings.map(({ code }) => code)).toContain('too_many_rows')
  })

  it('XML that is no feed stays in a fence', () => {
    expect(read('text/xml', '<a>b</a>').markdown).toBe('```xml\n<a>b</a>\n```\n')
  })
})

describe('tables', () => {
  it.each([
    ['text/csv', 'a,b\r\n"x, y","say ""hi"""\r\n', '| x, y | say "hi" |'],
    ['text/csv', 'a;b\n1;2,5\n', '| 1 | 2,5 |'],
    ['text/tab-separated-values', 'a\tb\n1\t2', '| 1 | 2 |'],
  ])('%s becomes a GFM table (RFC 4180 §2)', (contentType, text, row) => {
    const { markdown = '' } = read(contentType, text)
    expect(markdown.replace(/ {2,}/g, ' ')).toContain(row)
    expect(markdown).toMatch(/^\| a/)
  })

  it('more rows than are read are told in a warning', () => {
    expect(read('text/csv', 'a,b\n'.repeat(1_001)).warnings.map(({ code }) => code)).toEqual(['too_many_rows'])
  })

  it('a quote that never closes ends with the text', () => {
    expect(read('text/csv', 'a,b\n"x,y').markdown).toContain('x,y')
  })
})

describe('Markdown', () => {
  it('passes as it is, with its title and links found but not those of code', () => {
    const text = '# Guide\n\nSee [next](next.md), <https://example.org/>, ![i](i.png).\n\n```\n[no](no.md)\n```\n'
    const reading = read('text/markdown', text)
    expect(reading.markdown).toBe(text)
    expect(reading.title).toBe('Guide')
    expect(reading.links.map(({ url }) => url)).toEqual(['https://example.com/feeds/next.md', 'https://example.org/'])
  })
})
