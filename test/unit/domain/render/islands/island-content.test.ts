import { describe, expect, it } from 'vitest'
import { islandContent, withContent } from '../../../../../src/domain/render/islands/island-content.ts'

const PARAGRAPH =
  'Lapis lazuli was ground to a blue pigment that painters paid for in gold, ounce by ounce, for centuries. '
const HTML = `<p>${PARAGRAPH.repeat(4)}</p><p>${PARAGRAPH.repeat(4)}</p>`
const SHORT = PARAGRAPH.repeat(2)

const script = (attributes: string, value: unknown) => `<script ${attributes}>${JSON.stringify(value)}</script>`
const next = (pageProps: unknown) =>
  `<div id="__next"></div>${script('id="__NEXT_DATA__" type="application/json"', { props: { pageProps }, page: '/[slug]', buildId: 'x' })}`

const block = (text: string) => ({ _type: 'block', style: 'normal', children: [{ _type: 'span', text }] })
const paragraph = (value: string) => ({ nodeType: 'paragraph', content: [{ nodeType: 'text', value }] })

describe('the content of a page that has it as data', () => {
  it.each([
    ['Next, with HTML', next({ post: { title: 'On blue', body: HTML } }), 'next', /<h1>On blue<\/h1><p>Lapis/],
    [
      'Next, with Contentful',
      next({ post: { title: 'Blue', body: { nodeType: 'document', content: Array(5).fill(paragraph(SHORT)) } } }),
      'next',
      /<h1>Blue<\/h1>(?:<p>Lapis[^<]*<\/p>){5}$/,
    ],
    [
      'Next, with Sanity',
      next({
        post: { title: 'Blue', body: [{ ...block('Gold & blue'), style: 'h2' }, ...Array(5).fill(block(SHORT))] },
      }),
      'next',
      /<h2>Gold &amp; blue<\/h2><p>Lapis/,
    ],
    [
      'Nuxt 3',
      script('id="__NUXT_DATA__" type="application/json"', [
        ['ShallowReactive', 1],
        { data: 2 },
        { post: 3, self: 1 },
        { title: 4, text: 5 },
        'Hydrated',
        PARAGRAPH.repeat(8),
      ]),
      'nuxt',
      /<h1>Hydrated<\/h1><p>Lapis/,
    ],
    [
      'Remix',
      `<script>window.__remixContext = ${JSON.stringify({ state: { loaderData: { post: { headline: 'Loaded', body: HTML } } } })};</script>`,
      'remix',
      /<h1>Loaded<\/h1>/,
    ],
    [
      'a store',
      `<script>window.__INITIAL_STATE__=${JSON.stringify({ posts: { '7': { title: 'Stored', content: HTML } } })}</script>`,
      'state',
      /<h1>Stored<\/h1>/,
    ],
    [
      'JSON-LD',
      script('type="application/ld+json"', {
        '@type': 'NewsArticle',
        headline: 'Told',
        articleBody: `${PARAGRAPH.repeat(4)}\n\n${PARAGRAPH.repeat(4)}`,
      }),
      'json_ld',
      /^<h1>Told<\/h1><p>[^<]*<\/p><p>[^<]*<\/p>$/,
    ],
    [
      'a list of posts',
      next({ posts: Array.from({ length: 5 }, (_, n) => ({ title: `Post ${n}`, excerpt: SHORT })) }),
      'next',
      /<h2>Post 0<\/h2><p>.*<h2>Post 4<\/h2>/,
    ],
    [
      "a page's parts, one deep inside another",
      next({
        title: 'Parts',
        sections: [
          { heading: 'One', text: PARAGRAPH.repeat(3) },
          { columns: [{ text: `${PARAGRAPH.repeat(3)}A` }, { text: `${PARAGRAPH.repeat(3)}B` }] },
        ],
      }),
      'next',
      /<h2>One<\/h2>.*A<\/p>.*B<\/p>/,
    ],
  ])('is read from %s', (_, source, kind, html) => {
    expect(islandContent(source)).toMatchObject({ kind, html: expect.stringMatching(html) as string })
  })

  it('is told once where the data have it twice', () => {
    const post = { title: 'Twice', body: HTML, plain: PARAGRAPH.repeat(8), excerpt: SHORT }
    expect(islandContent(next({ post }))?.words).toBeLessThan(160)
  })

  it.each([
    ['there is none', '<div id="root"></div><script>start()</script>'],
    ['it is too little', next({ post: { title: 'Short', body: SHORT } })],
    [
      'it can not be told from what goes with it',
      next({ post: { body: HTML }, also: { a: { body: HTML }, b: { body: HTML } } }),
    ],
    ['it is the words of the application', next({ translations: { terms: PARAGRAPH.repeat(9) } })],
    ['it is no JSON', `<script id="__NEXT_DATA__" type="application/json">{"props":</script>`],
    ['it is code', next({ query: `{ ${PARAGRAPH.repeat(9)} }` })],
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
    islandContent(next({ deep, many }))
    expect(performance.now() - startedAt).toBeLessThan(3_000)
  })
})
