import { describe, expect, it } from 'vitest'
import { STORY, jsonLd, readFacts } from './read-facts.ts'

const dates = (html: string, place?: Parameters<typeof readFacts>[1]) => {
  const { publishedAt, modifiedAt } = readFacts(html, place)
  return [publishedAt, modifiedAt]
}

describe('dates that a page states', () => {
  it.each([
    ['in JSON-LD', jsonLd({ '@type': 'NewsArticle', datePublished: '2024-03-17', dateModified: '2024-03-18' })],
    [
      'in a graph',
      jsonLd({ '@graph': [{ '@type': ['Article'], datePublished: '2024-03-17', dateModified: '2024-03-18' }] }),
    ],
    [
      'of the main entity',
      jsonLd({
        '@type': 'WebPage',
        mainEntity: { '@type': 'Question', dateCreated: '2024-03-17', dateModified: '2024-03-18' },
      }),
    ],
    [
      'in Open Graph',
      '<meta property="article:published_time" content="2024-03-17"><meta property="article:modified_time" content="2024-03-18">',
    ],
    [
      'as papers do',
      '<meta name=citation_publication_date content="2024/03/17"><meta name=dcterms.modified content="2024-03-18">',
    ],
    [
      'in microdata',
      '<p itemprop=datePublished content="2024-03-17">yesterday<p><time itemprop=dateModified datetime="2024-03-18">today</time>',
    ],
  ])('%s', (_where, html) => {
    expect(dates(`${html}<h1>Head</h1>${STORY}`)).toEqual(['2024-03-17', '2024-03-18'])
  })

  it('are not those of its reviews, answers and comments', () => {
    const product = { '@type': 'Product', review: [{ '@type': 'Review', datePublished: '2024-03-17' }] }
    const comment = '<div class=comments><time itemprop=datePublished datetime="2024-03-17">17 March</time></div>'
    expect(dates(`${jsonLd(product)}<h1>Tea</h1>${STORY}${comment}`)).toEqual([undefined, undefined])
  })

  it('are not those of the articles that it lists', () => {
    const list = [1, 2, 3].map((day) => ({
      '@type': 'BlogPosting',
      headline: `Item ${day}`,
      datePublished: `2024-03-0${day}`,
    }))
    expect(dates(`<title>All news</title>${jsonLd(list)}<h1>All news</h1>`)).toEqual([undefined, undefined])
  })

  it('of any page count only where somebody wrote it', () => {
    const page = { '@type': 'WebPage', datePublished: '2024-03-17' }
    expect(dates(jsonLd(page))).toEqual([undefined, undefined])
    expect(dates(jsonLd({ ...page, author: { '@type': 'Person', name: 'Ada Lovelace' } }))[0]).toBe('2024-03-17')
  })

  it('are never to come', () => {
    const html = '<meta name=date content="2024-03-17"><h1>Fair</h1><p>May 1, 2024</p>'
    const url = 'https://paper.test/2024/04/01/fair'
    expect(dates(html, { now: '2024-03-16T00:00:00Z', url })).toEqual(['2024-03-17', undefined])
    expect(dates(html, { now: '2024-03-10T00:00:00Z', url })).toEqual([undefined, undefined])
  })
})

describe('dates that a page shows', () => {
  it.each<[string, string, string | undefined, string | undefined]>([
    ['en', 'Published March 17, 2024', '2024-03-17', undefined],
    ['en', 'By Ada Lovelace • Mar. 17th, 2024 • 5 min read', '2024-03-17', undefined],
    ['en', 'March 17, 2024 - Updated Sept 2, 2024', '2024-03-17', '2024-09-02'],
    ['en', 'Last updated on 17 March 2024', undefined, '2024-03-17'],
    ['en', '03/17/2024', '2024-03-17', undefined],
    ['en', '03/04/2024', undefined, undefined],
    ['en-US', '03/04/2024', '2024-03-04', undefined],
    ['en-GB', '03/04/2024', '2024-04-03', undefined],
    ['de', 'Veröffentlicht am 3. März 2024, aktualisiert am 04.03.2024', '2024-03-03', '2024-03-04'],
    ['fr', 'Publié le 1er août 2024', '2024-08-01', undefined],
    ['pt-BR', '17 de março de 2024', '2024-03-17', undefined],
    ['ru', '17 марта 2024 г.', '2024-03-17', undefined],
    ['ja', '公開日 2024年3月17日 更新日 2024年3月18日', '2024-03-17', '2024-03-18'],
    ['ko', '2024. 3. 17.', '2024-03-17', undefined],
    ['th', '17 มีนาคม 2024', '2024-03-17', undefined],
    ['en', '© 2024-03-17 Paper', undefined, undefined],
    ['en', 'Offer ends March 17, 2024', undefined, undefined],
    ['en', 'February 30, 2024', undefined, undefined],
  ])('%s: %s', (language, line, published, modified) => {
    expect(dates(`<html lang=${language}><h1>The head</h1><div>${line}</div>${STORY}`)).toEqual([published, modified])
  })

  it.each([
    ['above the heading', '<p>March 17, 2024</p><h1>The head</h1>'],
    ['below its label', '<h1>The head</h1><h4>Published</h4><p>March 17, 2024</p>'],
    ['for machines', '<h1>The head</h1><p><time datetime="2024-03-17">two days ago</time></p>'],
    ['in a title', '<h1>The head</h1><p><abbr title="2024-03-17">two days ago</abbr></p>'],
    ['in pieces', '<h1>The head</h1><p><span>Ada Lovelace</span><span>March 17</span>, <span>2024</span></p>'],
    [
      'beside another heading than the first',
      '<title>The head</title><h1>Paper</h1><h2>The head</h2><p>March 17, 2024</p>',
    ],
  ])('%s', (_where, head) => {
    expect(dates(head + STORY)[0]).toBe('2024-03-17')
  })

  it('are not those of the items of a list', () => {
    const items = [1, 2, 3].map(
      (day) => `<h3><a href=/${day}>Story number ${day}</a></h3><p class=on>March ${day}, 2024</p>`,
    )
    expect(dates(`<h1>News</h1>${items.join('')}`)).toEqual([undefined, undefined])
  })

  it('are that of the first post of a thread', () => {
    const posts = [1, 2, 3].map((day) => `<p class=on>March ${day}, 2024</p><p>I think so.</p>`)
    expect(dates(`<h1>What do you think</h1>${posts.join('')}`)[0]).toBe('2024-03-01')
  })

  it('are nothing on the front page of a site', () => {
    expect(dates('<h1>Paper</h1><p>March 17, 2024</p>', { url: 'https://paper.test/' })[0]).toBeUndefined()
  })

  it('count against a stated one that says only when the page was built', () => {
    const built = { '@type': 'Article', datePublished: '2024-09-01', dateModified: '2024-09-01' }
    expect(dates(`${jsonLd(built)}<h1>The head</h1><p>March 17, 2024</p>${STORY}`)).toEqual([
      '2024-03-17',
      '2024-09-01',
    ])
  })

  it('are the day in the address', () => {
    expect(dates(`<h1>The head</h1>${STORY}`, { url: 'https://paper.test/2024/03/17/head' })[0]).toBe('2024-03-17')
    expect(dates(`<h1>The head</h1>${STORY}`, { url: 'https://paper.test/2024/13/17/head' })[0]).toBeUndefined()
  })
})
