import { describe, expect, it } from 'vitest'
import { STORY, jsonLd, readFacts } from './read-facts.ts'

const authorOf = (html: string) => readFacts(html).author
const written = (head: string, rest = STORY) =>
  authorOf(`<meta property="article:published_time" content="2024-03-17"><h1>The head</h1>${head}${rest}`)

describe('authors that a page states', () => {
  it.each<[string, string, string | undefined]>([
    ['a person', jsonLd({ '@type': 'Article', author: { '@type': 'Person', name: 'Ada Lovelace' } }), 'Ada Lovelace'],
    ['a text', jsonLd({ '@type': 'Article', author: 'By Ada Lovelace' }), 'Ada Lovelace'],
    [
      'several',
      jsonLd({ '@type': 'Article', author: [{ name: 'Ada Lovelace' }, { name: 'Alan Turing' }] }),
      'Ada Lovelace, Alan Turing',
    ],
    [
      'a reference',
      jsonLd({
        '@graph': [
          { '@type': 'Article', author: { '@id': '#a' } },
          { '@type': 'Person', '@id': '#a', name: 'Ada Lovelace' },
        ],
      }),
      'Ada Lovelace',
    ],
    [
      'a reference to nobody',
      jsonLd({
        '@graph': [
          { '@type': 'Article', author: {} },
          { '@type': 'Person', name: 'Eve' },
        ],
      }),
      undefined,
    ],
    ['an organisation', jsonLd({ '@type': 'Article', author: { '@type': 'Organization', name: 'Paper' } }), undefined],
    ['a review’s', jsonLd({ '@type': 'Product', review: { '@type': 'Review', author: { name: 'Eve' } } }), undefined],
    ['meta', '<meta name=author content="Ada Lovelace">', 'Ada Lovelace'],
    [
      'several metas',
      '<meta name=citation_author content="Lovelace, Ada"><meta name=citation_author content="Turing, Alan">',
      'Lovelace, Ada, Turing, Alan',
    ],
    ['an address', '<meta property="article:author" content="https://social.test/ada">', undefined],
    ['a handle', '<meta name=author content="@ada"><meta name="twitter:creator" content="@ada">', undefined],
    ['a placeholder', '<meta name=author content="page.head.author"><meta name=author content=undefined>', undefined],
    [
      'a card',
      '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada Lovelace">',
      'Ada Lovelace',
    ],
    ['Von Braun', '<html lang=de><meta name=author content="Von Braun">', 'Von Braun'],
    [
      'microdata',
      '<p itemprop=author itemscope><a href=/a><img alt=x></a><b itemprop=name>Ada Lovelace</b>, London</p>',
      'Ada Lovelace',
    ],
    ['a link', '<p>Text</p><a rel="author external" href=/a>Ada Lovelace</a>', 'Ada Lovelace'],
  ])('%s', (_how, html, author) => {
    expect(authorOf(html)).toBe(author)
  })

  it('give way to the person on the page where they are a login', () => {
    const html = '<meta name=author content="adal1815"><h1>The head</h1>'
    expect(authorOf(`${html}<p>By Ada Lovelace</p>`)).toBe('Ada Lovelace')
    expect(authorOf(html)).toBe('adal1815')
  })

  it('give way to the person on the page where they are the site', () => {
    const html = '<meta property="og:site_name" content="Paper"><meta name=author content="Paper"><h1>The head</h1>'
    expect(authorOf(`${html}<p>By Ada Lovelace</p>`)).toBe('Ada Lovelace')
    expect(authorOf(html)).toBeUndefined()
  })
})

describe('authors that a page shows', () => {
  it.each<[string, string, string | undefined]>([
    ['en', 'By Ada Lovelace', 'Ada Lovelace'],
    ['en', 'By Ada Lovelace and Alan Turing | March 17, 2024', 'Ada Lovelace and Alan Turing'],
    ['en', 'Written by <a href=/x>Ursula K. Le Guin</a> on 17 March', 'Ursula K. Le Guin'],
    ['en', 'By <a href=/x>Ada Lovelace</a> (@ada), Mathematician', 'Ada Lovelace'],
    ['en', 'by ada', 'ada'],
    ['en', 'By default nothing is shown', undefined],
    ['de', 'Von Grete Müller, 17. März 2024', 'Grete Müller'],
    ['fr', 'Par Élise Dupont le 17 mars 2024', 'Élise Dupont'],
    ['es', 'Por María José López', 'María José López'],
    ['ja', '著者：山田太郎', '山田太郎'],
    ['en', 'Ada Lovelace<br>17 March 2024', 'Ada Lovelace'],
  ])('%s: %s', (language, line, author) => {
    expect(
      authorOf(`<html lang=${language}><meta name=date content=2024-03-17><h1>The head</h1><div>${line}</div>${STORY}`),
    ).toBe(author)
  })

  it.each<[string, string, string | undefined]>([
    ['a link to a person', '<a href=/author/ada>Ada Lovelace</a>', 'Ada Lovelace'],
    ['a relative link', '<a href="profile.php?id=7">ada_l</a>', 'ada_l'],
    ['a link to share', '<a href="https://other.test/people/share">Share on Other</a>', undefined],
    ['an element called so', '<div class="post-author">Ada Lovelace</div>', 'Ada Lovelace'],
    ['"By" alone', '<p>By</p><p>Ada Lovelace</p>', 'Ada Lovelace'],
    ['a section beside the date', '<p><a href=/science>Big Science</a></p><p>March 17, 2024</p>', undefined],
  ])('%s', (_how, head, author) => {
    expect(written(head)).toBe(author)
  })

  it('are nobody where nobody wrote the page', () => {
    expect(
      authorOf('<h1>Shop</h1><a href=/profile/login>Your Account</a><div class=author>Eve Smith</div>'),
    ).toBeUndefined()
  })
})
