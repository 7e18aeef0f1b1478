import { describe, expect, it } from 'vitest'
import { MAX_SITEMAP_ENTRIES, parseSitemap } from '../../../../src/domain/sitemap/sitemap.ts'

const AT = 'https://example.com/maps/sitemap.xml'
const read = (text: string) => parseSitemap(text, AT)
const urls = (text: string): string[] => read(text).entries.map(({ url }) => url)

describe('a URL set (sitemaps.org)', () => {
  it('yields its URLs with date and priority', () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <url><loc>https://example.com/</loc><lastmod>2005-01-01</lastmod><changefreq>monthly</changefreq><priority>0.8</priority></url>
        <url>
          <loc> https://example.com/catalog?item=12&amp;desc=vacation_hawaii </loc>
          <lastmod>2004-12-23T18:00:15+00:00</lastmod>
        </url>
      </urlset>`
    expect(read(text)).toEqual({
      kind: 'urlset',
      sitemaps: [],
      entries: [
        { url: 'https://example.com/', lastModified: '2005-01-01', priority: 0.8 },
        { url: 'https://example.com/catalog?item=12&desc=vacation_hawaii', lastModified: '2004-12-23T18:00:15+00:00' },
      ],
      truncated: false,
    })
  })

  const set = (inside: string): string => `<urlset>${inside}</urlset>`
  it.each([
    ['namespace prefixes', '<s:urlset xmlns:s="x"><s:url><s:loc>/a</s:loc></s:url></s:urlset>', ['/a']],
    ['upper case', '<URLSET><URL><LOC>/a</LOC></URL></URLSET>', ['/a']],
    ['a byte order mark and empty lines', `\uFEFF\n \n${set('<url><loc>/a</loc></url>')}`, ['/a']],
    ['CDATA', set('<url><loc><![CDATA[ /a?b&c ]]></loc></url>'), ['/a?b&c']],
    ['numeric entities', set('<url><loc>/a&#63;b&#x3D;c</loc></url>'), ['/a?b=c']],
    ['ampersands nobody escaped', set('<url><loc>/a?b=1&c=2</loc></url>'), ['/a?b=1&c=2']],
    ['comments', set('<!-- <url><loc>/no</loc></url> --><url><loc>/a<!-- x --></loc></url>'), ['/a']],
    [
      'relative URLs',
      set('<url><loc>a</loc></url><url><loc>//other.example/b</loc></url>'),
      ['/maps/a', 'https://other.example/b'],
    ],
    ['each URL once', set('<url><loc>/a</loc></url><url><loc>/b</loc></url><url><loc>/a</loc></url>'), ['/a', '/b']],
    ['the end cut off', '<urlset><url><loc>/a</loc></url><url><loc>/b</loc><lastmod>20', ['/a', '/b']],
    ['a URL cut off', '<urlset><url><loc>/a</loc></url><url><loc>/b', ['/a', '/b']],
    ['elements left open', set('<url><loc>/a</loc><url><loc>/b</loc>'), ['/a', '/b']],
    ['no root', '<url><loc>/a</loc></url><url><loc>/b</loc></url>', ['/a', '/b']],
    ['text around', set('stray <url>stray<loc>/a</loc></url>'), ['/a']],
    [
      'no URL, another scheme, no sense',
      set('<url></url><url><loc/></url><url><loc>ftp://e.com/</loc></url><url><loc>http://</loc></url>'),
      [],
    ],
    ['nothing', set(''), []],
  ])('with %s', (_, text, expected) => {
    expect(read(text).kind).toBe('urlset')
    expect(urls(text)).toEqual(expected.map((url) => new URL(url, AT).href))
  })

  it('takes images, videos and translations for what they are', () => {
    const text = set(
      '<url><loc>/a</loc><image:image><image:loc>/i.png</image:loc><image:title>x</image:title></image:image>' +
        '<video:video><video:player_loc>/v</video:player_loc><video:publication_date>2020-01-01</video:publication_date></video:video>' +
        '<news:news><news:publication_date>2021-01-01</news:publication_date></news:news>' +
        '<xhtml:link rel="alternate" hreflang="de" href="/de/a"/><lastmod>2022-01-01</lastmod></url>',
    )
    expect(read(text).entries).toEqual([{ url: 'https://example.com/a', lastModified: '2022-01-01' }])
  })

  it.each(['soon', '2024-13-45', '01/02/2024', ''])('leaves out a date that is none: %j', (date) => {
    expect(read(set(`<url><loc>/a</loc><lastmod>${date}</lastmod></url>`)).entries).toEqual([
      { url: 'https://example.com/a' },
    ])
  })

  it.each([
    ['0.0', 0],
    ['1', 1],
    ['0,5', 0.5],
    ['2', undefined],
    ['-1', undefined],
    ['high', undefined],
  ])('reads priority %s as %s', (written, priority) => {
    expect(read(set(`<url><loc>/a</loc><priority>${written}</priority></url>`)).entries[0]?.priority).toBe(priority)
  })
})

describe('an index', () => {
  it('names sitemaps, each once', () => {
    const text = `<sitemapindex><sitemap><loc>/1.xml.gz</loc><lastmod>2024-01-01</lastmod></sitemap>
      <sitemap><loc>https://cdn.example/2.xml</loc></sitemap><sitemap><loc>/1.xml.gz</loc></sitemap></sitemapindex>`
    expect(read(text)).toEqual({
      kind: 'index',
      sitemaps: ['https://example.com/1.xml.gz', 'https://cdn.example/2.xml'],
      entries: [],
      truncated: false,
    })
  })

  it('tells sitemaps from pages where both are mixed', () => {
    const { sitemaps, entries } = read('<urlset><sitemap><loc>/1.xml</loc></sitemap><url><loc>/a</loc></url></urlset>')
    expect(sitemaps).toEqual(['https://example.com/1.xml'])
    expect(entries).toEqual([{ url: 'https://example.com/a' }])
  })
})

describe('feeds', () => {
  it('reads RSS 2.0: items, not the channel', () => {
    const text = `<rss version="2.0" xmlns:atom="x"><channel><link>https://example.com/</link><atom:link rel="self" href="/feed"/>
      <item><title>t</title><link>https://example.com/a</link><guid isPermaLink="false">42</guid><pubDate>Tue, 10 Jun 2003 04:00:00 GMT</pubDate></item>
      <item><guid>https://example.com/b</guid><pubDate>10 Jun 2003 06:00:00 +0200</pubDate></item>
      <item><guid isPermaLink="false">https://example.com/no</guid></item>
      <item><link>/c</link><description>&lt;a href="/no"></description><enclosure url="/no.mp3"/><pubDate>yesterday</pubDate></item>
      </channel></rss>`
    expect(read(text)).toEqual({
      kind: 'feed',
      sitemaps: [],
      entries: [
        { url: 'https://example.com/a', lastModified: '2003-06-10T04:00:00.000Z' },
        { url: 'https://example.com/b', lastModified: '2003-06-10T04:00:00.000Z' },
        { url: 'https://example.com/c' },
      ],
      truncated: false,
    })
  })

  it('reads RSS 1.0', () => {
    const text =
      '<rdf:RDF><channel><link>/</link></channel><item><link>/a</link><dc:date>2024-05-01</dc:date></item></rdf:RDF>'
    expect(read(text).entries).toEqual([{ url: 'https://example.com/a', lastModified: '2024-05-01' }])
  })

  it('reads Atom: alternate links of entries, the latest date', () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.com/"/><updated>2020-01-01T00:00:00Z</updated>
      <entry><link rel="self" href="/self"/><link rel="enclosure" href="/x.mp3"/><link href="/a"/>
        <published>2003-12-13T08:29:29-04:00</published><updated>2003-12-13T18:30:02Z</updated></entry>
      <entry><link rel="alternate" type="text/html" href="/b"/><updated>2004-12-13T18:30:02Z</updated>
        <published>2003-12-13T08:29:29-04:00</published></entry>
      <entry><source><link href="/no"/></source><link href="/c"/><author><name>n</name></author></entry></feed>`
    expect(read(text).entries).toEqual([
      { url: 'https://example.com/a', lastModified: '2003-12-13T18:30:02Z' },
      { url: 'https://example.com/b', lastModified: '2004-12-13T18:30:02Z' },
      { url: 'https://example.com/c' },
    ])
  })
})

describe('a list of lines', () => {
  it.each([
    ['https://example.com/a\nhttps://example.com/b\n', ['https://example.com/a', 'https://example.com/b']],
    [
      '\uFEFFhttps://example.com/a\r\n\r\n  https://example.com/b  \rhttps://example.com/a',
      ['https://example.com/a', 'https://example.com/b'],
    ],
    [
      '# my sitemap\nhttps://example.com/a\nwww.example.com/no\n/no\nsee https://example.com/no',
      ['https://example.com/a'],
    ],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual({
      kind: 'text',
      sitemaps: [],
      entries: expected.map((url) => ({ url })),
      truncated: false,
    })
  })
})

describe('what is no sitemap', () => {
  it.each([
    ['an empty body', ''],
    ['white space', ' \r\n\t'],
    ['prose', 'Not found.'],
    ['HTML', '<!doctype html><html><head><link href="/no"></head><body><a href="/no">x</a></body></html>'],
    ['HTML behind a comment', '<!-- x --><html><body><url><loc>/no</loc></url></body></html>'],
    ['other XML', '<svg><a><loc>/no</loc></a></svg>'],
    ['JSON', '{"url":"https://example.com/no"}'],
    ['broken markup', '<<<>>>'],
    ['gzip that nobody unpacked', '\u001F\uFFFD\b\u0000'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual({ kind: 'none', sitemaps: [], entries: [], truncated: false })
  })
})

describe('safety', () => {
  it('expands no entity that a document declares (XXE, billion laughs)', () => {
    const text = `<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>
      <urlset><url><loc>/&x;</loc></url><url><loc>/&b;</loc></url></urlset>`
    expect(urls(text)).toEqual(['https://example.com/&x;', 'https://example.com/&b;'])
  })

  it.each([
    ['urlset', (n: number) => `<url><loc>/${n}</loc></url>`],
    ['text', (n: number) => `https://example.com/${n}\n`],
  ])('reads 50,000 entries of a %s and says that there were more', (kind, line) => {
    const head = kind === 'text' ? '' : '<urlset>'
    const exactly = read(head + Array.from({ length: MAX_SITEMAP_ENTRIES }, (_, n) => line(n)).join(''))
    expect([exactly.entries.length, exactly.truncated]).toEqual([MAX_SITEMAP_ENTRIES, false])
    const more = read(head + Array.from({ length: MAX_SITEMAP_ENTRIES + 5 }, (_, n) => line(n)).join(''))
    expect([more.entries.length, more.truncated]).toEqual([MAX_SITEMAP_ENTRIES, true])
  })

  it.each([
    ['elements nested', '<url>'],
    ['other elements nested', '<url><a>'],
    ['comments', '<!-- -->'],
    ['one URL', 'a'],
    ['half an entity', '&amp'],
  ])('takes bounded time for %s without end', (_, piece) => {
    const text = `<urlset><url><loc>/a</loc></url><url><loc>${piece.repeat(2_000_000 / piece.length)}`
    const started = performance.now()
    expect(urls(text)[0]).toBe('https://example.com/a')
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
