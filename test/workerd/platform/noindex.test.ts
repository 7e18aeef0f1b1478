import { beforeAll, expect, it } from 'vitest'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed } from './api-calls.ts'

const page = (name: string, links: string, head = ''): string =>
  `<title>${name}</title>${head}<main><p>The page ${name}.</p>${links}</main>`

let key: string
let origin: string

beforeAll(async () => {
  key = await newOwner()
  const site = await openSite({
    '/': page('start', '<a href="/meta">meta</a> <a href="/header">header</a> <a href="/other-bot">other</a>'),
    '/meta': page('meta', '<a href="/behind">behind</a>', '<meta name="robots" content="noindex">'),
    '/header': { headers: { 'x-robots-tag': 'noindex, nofollow' }, body: page('header', '<a href="/shut">shut</a>') },
    '/other-bot': { headers: { 'x-robots-tag': 'otherbot: noindex' }, body: page('other', '') },
    '/behind': page('behind', ''),
    '/shut': page('shut', ''),
  })
  ;({ origin } = site)
})

async function crawled(options: Record<string, unknown>): Promise<string> {
  const { id } = await call<Crawl>(key, '/v1/crawls', { url: `${origin}/`, sitemap: 'skip', delayMs: 0, ...options })
  await completed(key, id)
  return id
}

async function asked(id: string): Promise<Record<string, string[] | undefined>> {
  const { data } = await call<{ data: { url: string; robots?: string[] }[] }>(key, `/v1/crawls/${id}/pages`)
  return Object.fromEntries(data.map(({ url, robots }) => [new URL(url).pathname, robots]))
}

it('a Document says what its page asks of robots', async () => {
  expect(await asked(await crawled({}))).toEqual({
    '/': undefined,
    '/meta': ['noindex'],
    '/header': ['noindex', 'nofollow'],
    '/other-bot': undefined,
    '/behind': undefined,
  })
})

it('so does a scrape', async () => {
  const { data } = await call<{ data: { robots: string[] } }>(key, '/v1/scrape', { url: `${origin}/header` })
  expect(data.robots).toEqual(['noindex', 'nofollow'])
})

it('with noindex: skip such pages are not recorded, and their links are followed as far as they allow it', async () => {
  const id = await crawled({ noindex: 'skip' })
  expect(Object.keys(await asked(id)).toSorted()).toEqual(['/', '/behind', '/other-bot'])
  const { data } = await call<{ data: { url: string; reason: string }[] }>(key, `/v1/crawls/${id}/urls?state=skipped`)
  expect(Object.fromEntries(data.map(({ url, reason }) => [new URL(url).pathname, reason]))).toEqual({
    '/meta': 'noindex',
    '/header': 'noindex',
    '/shut': 'nofollow',
  })
})
