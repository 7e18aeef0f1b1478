import { describe, expect, it } from 'vitest'
import { islandContent, withContent } from '../../../../../src/domain/render/islands/island-content.ts'

const PARAGRAPH =
  'Lapis lazuli was ground to a blue pigment that painters paid for in gold, ounce by ounce, for centuries. '
const HTML = `<p>${PARAGRAPH.repeat(7)}</p><p>${PARAGRAPH.repeat(7)}</p>`
const SHORT = PARAGRAPH.repeat(2)

const script = (attributes: string, value: unknown) => `<script ${attributes}>${JSON.stringify(value)}</script>`
const next = (pageProps: unknown) =>
  `<title>On blue | Lapis</title><div id="__next"></div>${script('id="__NEXT_DATA__" type="application/json"', { props: { pageProps }, page: '/[slug]', buildId: 'x' })}`

const block = (text: string) => ({ _type: 'block', style: 'normal', children: [{ _type: 'span', text }] })
const paragraph = (value: string) => ({ nodeType: 'paragraph', content: [{ nodeType: 'text', value }] })

describe('the content of a page that has it as data', () => {
  it.each([
    ['Next, with HTML', next({ post: { title: 'On blue', body: HTML } }), 'next', /<h1>On blue<\/h1><p>Lapis/],
    [
      'Next, with Contentful',
      next({ post: { title: 'On blue', body: { nodeType: 'document', content: Array(8).fill(paragraph(SHORT)) } } }),
      'next',
      /<h1>On blue<\/h1>(?:<p>Lapis[^<]*<\/p>){8}$/,
    ],
    [
      'Next, with Sanity',
      next({
        post: { title: 'On blue', body: [{ ...block('Gold & blue'), style: 'h2' }, ...Array(8).fill(block(SHORT))] },
      }),
      'next',
      /<h2>Gold &amp; blue<\/h2><p>Lapis/,
    ],
    [
      'Nuxt 3',
      '<meta property="og:title" content="Hydrated">' +
        script('id="__NUXT_DATA__" type="application/json"', [
          ['ShallowReactive', 1],
          { data: 2 },
          { post: 3, self: 1 },
          { title: 4, text: 5 },
          'Hydrated',
          PARAGRAPH.repeat(16),
        ]),
      'nuxt',
      /<h1>Hydrated<\/h1><p>Lapis/,
    ],
    [
      'Remix',
      `<title>Loaded</title><script>window.__remixContext = ${JSON.stringify({ state: { loaderData: { post: { headline: 'Loaded', body: HTML } } } })};</script>`,
      'remix',
      /<h1>Loaded<\/h1>/,
    ],
    [
      'a store',
      `<title>Stored</title><script>window.__INITIAL_STATE__=${JSON.stringify({ posts: { '7': { title: 'Stored', content: HTML } } })}</script>`,
      'state',
      /<h1>Stored<\/h1>/,
    ],
    [
      'JSON-LD',
      script('type="application/ld+json"', {
        '@type': 'NewsArticle',
        headline: 'Told',
        articleBody: `${PARAGRAPH.repeat(7)}\n\n${PARAGRAPH.repeat(7)}`,
      }),
      'json_ld',
      /^<h1>Told<\/h1><p>[^<]*<\/p><p>[^<]*<\/p>$/,
    ],
    [
      "a page's parts, one deep inside another",
      next({
        title: 'On blue',
        sections: [
          { heading: 'One', text: `First. ${PARAGRAPH.repeat(5)}` },
          { columns: [{ text: `A ${PARAGRAPH.repeat(5)}` }, { text: `B ${PARAGRAPH.repeat(5)}` }] },
        ],
        related: [{ title: 'Red', body: HTML }],
        next: { title: 'Green', slug: 'green', body: HTML },
      }),
      'next',
      /^<h1>On blue<\/h1><h2>One<\/h2><p>First[^<]*<\/p><p>A [^<]*<\/p><p>B [^<]*<\/p>$/,
    ],
  ])('is read from %s', (_, source, kind, html) => {
    expect(islandContent(source)).toMatchObject({ kind, html: expect.stringMatching(html) as string })
  })

  it('is told once where the data have it twice', () => {
    const post = { title: 'On blue', body: HTML, plain: PARAGRAPH.repeat(14), excerpt: SHORT }
    expect(islandContent(next({ post }))?.html).toBe(`<h1>On blue</h1>${HTML}`)
  })

  it.each([
    ['there is none', '<title>On blue</title><div id="root"></div><script>start()</script>'],
    ['it is too little', next({ post: { title: 'On blue', body: SHORT } })],
    ['nothing bears the title of the page', next({ post: { title: 'Red', body: HTML } })],
    [
      'most of the text lies elsewhere',
      next({ post: { title: 'On blue', body: HTML }, more: [{ body: HTML + HTML }] }),
    ],
    ['it is in more pieces than can be told', next({ title: 'On blue', parts: Array(600).fill({ text: SHORT }) })],
    ['it is the words of the application', next({ title: 'On blue', translations: { terms: PARAGRAPH.repeat(20) } })],
    ['it is no JSON', `<title>On blue</title><script id="__NEXT_DATA__" type="application/json">{"props":</script>`],
    ['it is code', next({ title: 'On blue', source: `{ ${PARAGRAPH.repeat(20)} }` })],
    [
      'JSON-LD has several articles',
      script(
        'type="application/ld+json"',
        [1, 2].map(() => ({ '@type': 'Article', articleBody: PARAGRAPH.repeat(20) })),
      ),
    ],
  ])('is not made up where %s', (_, source) => {
    expect(islandContent(source)).toBeUndefined()
  })

  it('stands in the page where its scripts would put it', () => {
    const content = { kind: 'next' as const, html: '<p>Blue</p>', words: 1 }
    expect(withContent('<head></head><body class="a"><div id="root">', content)).toBe(
      '<head></head><body class="a"><article><p>Blue</p></article><div id="root">',
    )
    expect(withContent('<div>', content)).toBe('<article><p>Blue</p></article><div>')
  })

  it('takes a bounded time to look for, however the data are made', () => {
    const deep = JSON.parse('['.repeat(3_000) + ']'.repeat(3_000)) as unknown
    const many = Array.from({ length: 20_000 }, () => [{ type: 'p', text: '<'.repeat(50) + ' word'.repeat(21) }])
    const startedAt = performance.now()
    islandContent(next({ title: 'On blue', deep, many }))
    expect(performance.now() - startedAt).toBeLessThan(3_000)
  })
})
