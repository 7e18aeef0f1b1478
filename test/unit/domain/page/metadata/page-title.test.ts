import { describe, expect, it } from 'vitest'
import { jsonLd, readFacts } from './read-facts.ts'

describe('a title', () => {
  it.each<[string, string, string | null]>([
    [
      'is the heading that it agrees with',
      '<title>How tea is made - Leaf</title><h1>How tea is made, step by step</h1>',
      'How tea is made, step by step',
    ],
    [
      'is no slogan',
      '<title>Tea shop</title><meta property="og:title" content="Tea shop"><h1>Taste the leaf</h1>',
      'Tea shop',
    ],
    [
      'is the heading of what somebody wrote',
      `<title>Tea</title><h1>How tea is made</h1>${jsonLd({ '@type': 'Article' })}`,
      'How tea is made',
    ],
    [
      'is not the name of the site',
      '<title>Leaf | Green tea</title><meta property="og:site_name" content=Leaf><h1>Leaf</h1>',
      'Green tea',
    ],
    ['loses the name of the host', '<title>Green tea – Paper</title>', 'Green tea'],
    [
      'loses the name of the publisher',
      `<title>Green tea :: Leaf &amp; Co.</title>${jsonLd({ '@type': 'WebPage', publisher: { name: 'Leaf & Co' } })}`,
      'Green tea',
    ],
    ['keeps what only looks like one', '<title>Green tea – with leaves</title>', 'Green tea – with leaves'],
    ['keeps a hyphen within', '<title>Green-paper</title>', 'Green-paper'],
    [
      'is a part of what is stated',
      '<title>Leaf › Kinds › Green tea</title><h2>Kinds</h2><h1>Green tea</h1>',
      'Green tea',
    ],
    ['is the only heading', '<h1>Green&shy;tea <a href="#x">¶</a></h1>', 'Greentea'],
    ['is the headline', jsonLd({ '@type': 'Article', headline: 'Green tea' }), 'Green tea'],
    ['may be missing', '<p>Text</p>', null],
  ])('%s', (_how, html, title) => {
    expect(readFacts(html).title).toBe(title)
  })
})

describe('facts of hostile pages', () => {
  it.each([
    ['headings in headings', '<title>a</title>' + '<h1><div>'.repeat(250) + 'word '.repeat(400_000)],
    ['marks in marks', '<p itemprop="author datePublished">'.repeat(2_000) + '<b>'.repeat(500) + 'x '.repeat(200_000)],
    ['a line without end', `<h1>Head</h1><div>${'<i>by x</i><b>2024-01-01 </b>'.repeat(100_000)}`],
    ['space without end', jsonLd({ '@type': 'Article', headline: `a${' '.repeat(200_000)}b` }) + '<h1>Head</h1>'],
    [
      'a name without end',
      `<meta name=author content="${'a@'.repeat(200_000)}"><meta name=date content="${'1'.repeat(400_000)}">`,
    ],
    [
      'people without end',
      jsonLd({
        '@graph': [
          ...Array.from({ length: 900 }, (_, at) => ({ '@type': 'Person', '@id': `#${at}`, name: `P${at}` })),
          ...Array.from({ length: 900 }, () => ({
            '@type': 'Article',
            author: Array.from({ length: 900 }, () => ({ '@id': '#none' })),
          })),
        ],
      }),
    ],
  ])('cost no second: %s', (_name, html) => {
    const start = performance.now()
    readFacts(html)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
