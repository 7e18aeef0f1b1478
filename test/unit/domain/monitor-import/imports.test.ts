import { describe, expect, it } from 'vitest'
import { readChangedetection } from '../../../../src/domain/monitor-import/changedetection.ts'
import { readUrlList } from '../../../../src/domain/monitor-import/url-list.ts'
import { readUrlwatch } from '../../../../src/domain/monitor-import/urlwatch.ts'

describe('a list of URLs', () => {
  it('has one a line, with tags after it', () => {
    const { wanted, refused } = readUrlList('# mine\r\nhttps://a.test/\n\nhttps://b.test/x  news, daily prices\n')
    expect(refused).toEqual([])
    expect(wanted).toEqual([
      { name: 'https://a.test/', url: 'https://a.test/' },
      { name: 'https://b.test/x', url: 'https://b.test/x', tags: ['news', 'daily prices'] },
    ])
  })
})

describe("changedetection.io's watches", () => {
  const watch = {
    url: 'https://shop.test/kettle',
    title: 'Kettle',
    tags: ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'kitchen'],
    time_between_check: { weeks: null, days: null, hours: 3, minutes: 30, seconds: 0 },
    include_filters: ['.price', 'xpath://h1/text()', 'json:$.offers', 'jq:.a'],
    subtractive_selectors: ['footer', 'nav'],
    ignore_text: ['Advert', '/\\d+ viewers/i'],
    trigger_text: ['in stock'],
    text_should_not_be_present: ['sold out'],
    sort_text_alphabetically: true,
    check_unique_lines: true,
    filter_text_removed: false,
    headers: { 'accept-language': 'de' },
    notification_urls: ['slack://x'],
    fetch_backend: 'html_webdriver',
    paused: true,
  }

  it('become monitors with their rules', () => {
    const { wanted, notes } = readChangedetection(JSON.stringify({ watching: { a: watch } }))
    expect(wanted).toEqual([
      {
        name: 'Kettle',
        url: 'https://shop.test/kettle',
        tags: ['kitchen'],
        schedule: { every: '210m' },
        select: {
          include: ['.price'],
          exclude: ['footer', 'nav'],
          xpath: ['//h1/text()'],
          jsonPath: ['$.offers'],
        },
        ignore: ['Advert', '/\\d+ viewers/i'],
        normalise: { sort: true },
        trigger: { contains: ['in stock'], notContains: ['sold out'], only: ['added', 'changed'], onlyNewText: true },
        scrapeOptions: { headers: { 'accept-language': 'de' } },
        enabled: false,
      },
    ])
    expect(notes).toEqual([
      'notification URLs: make channels of them',
      'a browser is used where a page needs one (render: auto)',
      'jq filters: write them as jsonPath',
    ])
  })

  it.each([
    ['the file', { watching: { a: { url: 'https://a.test/' } } }],
    ["the API's answer", { a: { url: 'https://a.test/' } }],
    ['a list', [{ url: 'https://a.test/' }]],
  ])('are read from %s; without options they have none', (_, root) => {
    expect(readChangedetection(JSON.stringify(root)).wanted).toEqual([
      { name: 'https://a.test/', url: 'https://a.test/' },
    ])
  })

  it('without a URL are named', () => {
    expect(readChangedetection('{"a":{"title":"x"},"b":7}').refused).toEqual([
      { entry: 'a', reason: 'it has no url' },
      { entry: 'b', reason: 'it has no url' },
    ])
  })
})

describe("urlwatch's jobs", () => {
  const jobs = `name: News
url: https://a.test/news
filter:
  - css:
      selector: main
      exclude: .ads
  - html2text
  - sort
  - grep: Chapter
headers:
  accept-language: en
---
url: https://b.test/
filter: css:main,html2text
additions_only: true
---
name: Uptime
command: uptime
---
kind: url
---
name: [broken
`

  it('become monitors; what has no counterpart is named', () => {
    const { wanted, refused, notes } = readUrlwatch(jobs)
    expect(wanted).toEqual([
      {
        name: 'News',
        url: 'https://a.test/news',
        select: { include: ['main'], exclude: ['.ads'] },
        normalise: { sort: true },
        scrapeOptions: { headers: { 'accept-language': 'en' } },
      },
      {
        name: 'https://b.test/',
        url: 'https://b.test/',
        select: { include: ['main'] },
        trigger: { only: ['added', 'changed'] },
      },
    ])
    expect(refused.map(({ entry }) => entry)).toEqual(['Uptime', 'job 4', 'job 5'])
    expect(notes).toEqual(['the filter grep'])
  })
})
