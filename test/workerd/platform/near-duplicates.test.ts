import { expect, it } from 'vitest'
import { newOwner } from '../owner.ts'
import { type Routes, openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed } from './api-calls.ts'

const WORDS = Array.from({ length: 600 }, (_, n) => `word${(n * 7_919) % 611}`)
const article = (words: readonly string[]): string =>
  `<title>Article</title><main><article><p>${words.slice(0, 300).join(' ')}.</p><p>${words.slice(300).join(' ')}.</p></article></main>`

const SITE: Routes = {
  '/': '<title>Index</title><main><p>Three articles.</p><a href="/article">one</a> <a href="/print">print</a> <a href="/other">two</a></main>',
  '/article': article(WORDS),
  // Arrives later, whatever the order of asking.
  '/print': { delayMs: 300, body: `${article(WORDS.with(100, 'misprint'))}<a href="/appendix">Appendix</a>` },
  '/other': article(WORDS.toReversed()),
  '/appendix': '<title>Appendix</title><main><p>Only the print version leads here.</p></main>',
}

it('a page that is almost the text of an earlier one says so, and is recorded all the same', async () => {
  const site = await openSite(SITE)
  const key = await newOwner()
  const { id } = await call<Crawl>(key, '/v1/crawls', {
    url: `${site.origin}/`,
    sitemap: 'skip',
    delayMs: 0,
    maxConcurrency: 1,
  })
  expect((await completed(key, id)).counts).toMatchObject({ fetched: 5 })
  const { data } = await call<{ data: { url: string; nearDuplicateOf?: string }[] }>(key, `/v1/crawls/${id}/pages`)
  expect(Object.fromEntries(data.map(({ url, nearDuplicateOf }) => [new URL(url).pathname, nearDuplicateOf]))).toEqual({
    '/': undefined,
    '/article': undefined,
    '/print': `${site.origin}/article`,
    '/other': undefined,
    '/appendix': undefined,
  })
})

it('with nearDuplicates: skip it is listed as a duplicate, and its links are followed', async () => {
  const site = await openSite(SITE)
  const key = await newOwner()
  const { id } = await call<Crawl>(key, '/v1/crawls', {
    url: `${site.origin}/`,
    sitemap: 'skip',
    delayMs: 0,
    maxConcurrency: 1,
    nearDuplicates: 'skip',
  })
  expect((await completed(key, id)).counts).toMatchObject({ fetched: 4, duplicate: 1 })
  const { data } = await call<{ data: unknown[] }>(key, `/v1/crawls/${id}/urls?state=duplicate`)
  expect(data).toMatchObject([{ url: `${site.origin}/print`, reason: 'near_duplicate', status: 200 }])
})
