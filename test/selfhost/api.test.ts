import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gunzipSync } from 'node:zlib'
import { type LinkedSite, linkedSite } from '../fixtures/sites/linked-site.ts'
import { type CrawlView, LaunchedPlatform } from './launched-platform.ts'

const START_MS = 60_000
const NOWHERE = '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a'

let site: LinkedSite
let platform: LaunchedPlatform

beforeAll(async () => {
  site = await linkedSite({ pages: 40, robots: 'User-agent: *\nDisallow: /page/7\n' })
  platform = new LaunchedPlatform()
  await platform.start()
}, START_MS)

afterAll(async () => {
  await platform.dispose()
  await site.close()
})

describe('requests that can not be granted', () => {
  it.each<{
    name: string
    method: string
    path: string
    body?: unknown
    headers?: Record<string, string>
    status: number
    code: string
  }>([
    {
      name: 'no key',
      method: 'GET',
      path: '/v1/crawls',
      headers: { authorization: '' },
      status: 401,
      code: 'unauthorized',
    },
    {
      name: 'a wrong key',
      method: 'GET',
      path: '/v1/crawls',
      headers: { authorization: 'Bearer lps_wrong' },
      status: 401,
      code: 'unauthorized',
    },
    { name: 'broken JSON', method: 'POST', path: '/v1/crawls', body: '{"url":', status: 400, code: 'malformed_json' },
    {
      name: 'an unknown field',
      method: 'POST',
      path: '/v1/crawls',
      body: { url: 'https://example.com/', foo: 1 },
      status: 400,
      code: 'validation_failed',
    },
    { name: 'no URL', method: 'POST', path: '/v1/crawls', body: {}, status: 400, code: 'validation_failed' },
    {
      name: 'a URL of another scheme',
      method: 'POST',
      path: '/v1/scrape',
      body: { url: 'ftp://example.com/' },
      status: 400,
      code: 'validation_failed',
    },
    {
      name: 'a cursor of no list',
      method: 'GET',
      path: '/v1/crawls?cursor=nonsense',
      status: 400,
      code: 'validation_failed',
    },
    { name: 'a crawl that is not there', method: 'GET', path: `/v1/crawls/${NOWHERE}`, status: 404, code: 'not_found' },
    { name: 'an id that is none', method: 'GET', path: '/v1/crawls/1', status: 404, code: 'not_found' },
    { name: 'a path that is not there', method: 'GET', path: '/v1/nothing', status: 404, code: 'not_found' },
    {
      name: 'a method that the path does not take',
      method: 'PUT',
      path: '/v1/crawls',
      body: {},
      status: 405,
      code: 'method_not_allowed',
    },
    {
      name: 'nobody listens',
      method: 'POST',
      path: '/v1/scrape',
      body: { url: 'http://127.0.0.1:1025/' },
      status: 422,
      code: 'connection_refused',
    },
  ])('$name', async ({ method, path, body, headers, status, code }) => {
    const answer = await platform.call(method, path, body, headers)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('x-request-id')).toBeTruthy()
    const problem = (await answer.json()) as Record<string, unknown>
    expect(problem).toMatchObject({ status, code })
    expect(problem.detail).toEqual(expect.any(String))
    expect(answer.status).toBe(status)
  })
})

describe('scrape', () => {
  it('answers with the document', async () => {
    const { data } = await platform.json<{ data: Record<string, unknown> }>('POST', '/v1/scrape', {
      url: `${site.url}page/1`,
      formats: ['markdown', 'links', 'rawHtml'],
    })
    expect(data).toMatchObject({
      url: `${site.url}page/1`,
      status: 200,
      title: 'Page 1',
      language: 'en',
      rendered: false,
    })
    expect(data.markdown).toContain('This is page 1 of the linked site.')
    expect(data.rawHtml).toContain('<!doctype html>')
    expect((data.links as { url: string }[]).map(({ url }) => url)).toContain(`${site.url}page/3`)
  })

  it("takes the site's own 404 for a document", async () => {
    const { data } = await platform.json<{ data: { status: number } }>('POST', '/v1/scrape', {
      url: `${site.url}missing`,
    })
    expect(data.status).toBe(404)
  })

  it('obeys robots.txt and names the rule', async () => {
    const problem = await platform.json<{ code: string; detail: string }>('POST', '/v1/scrape', {
      url: `${site.url}page/7`,
    })
    expect(problem.code).toBe('robots_disallowed')
    expect(problem.detail).toContain('Disallow: /page/7')
  })
})

describe('a crawl', () => {
  let crawl: CrawlView

  beforeAll(async () => {
    crawl = await platform.json<CrawlView>('POST', '/v1/crawls', { url: site.url, name: 'all of it' })
    await platform.crawlToEnd(crawl.id, START_MS)
  }, START_MS)

  it('is accepted with the place where it will be found', async () => {
    const answer = await platform.call('POST', '/v1/crawls', { url: site.url, limit: 1 })
    const { id } = (await answer.json()) as CrawlView
    expect([answer.status, answer.headers.get('location')]).toEqual([202, `/v1/crawls/${id}`])
  })

  it('says what became of every URL', async () => {
    const urls = await platform.all<{ url: string; state: string; reason?: string; discoveredFrom?: string }>(
      `/v1/crawls/${crawl.id}/urls`,
    )
    const skipped = urls.filter(({ state }) => state === 'skipped')
    expect(urls).toHaveLength(40)
    expect(skipped.map(({ url, reason }) => [new URL(url).pathname, reason])).toEqual([['/page/7', 'robots']])
    expect(urls.filter(({ state }) => state === 'fetched')).toHaveLength(39)
    expect(urls.find(({ url }) => url.endsWith('/page/1'))?.discoveredFrom).toBe(site.url)
  })

  it('lists its pages once each, whatever the size of the steps', async () => {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page: { data: { url: string }[]; nextCursor: string | null } = await platform.json(
        'GET',
        `/v1/crawls/${crawl.id}/pages?limit=7${from}`,
      )
      seen.push(...page.data.map(({ url }) => url))
      cursor = page.nextCursor
    }
    expect(new Set(seen).size).toBe(39)
    expect(seen).toHaveLength(39)
  })

  it('is exported as JSON lines, CSV, zipped Markdown and WARC', async () => {
    const bytes = async (format: string) => {
      const answer = await platform.call('GET', `/v1/crawls/${crawl.id}/export?format=${format}`)
      expect(answer.headers.get('content-disposition')).toContain('attachment')
      return Buffer.from(await answer.arrayBuffer())
    }
    const lines = (await bytes('jsonl'))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { markdown: string })
    expect(lines).toHaveLength(39)
    expect((await bytes('csv')).toString().trim().split('\r\n')).toHaveLength(40)
    expect((await bytes('markdown')).subarray(0, 2).toString()).toBe('PK')
    expect(
      gunzipSync(await bytes('warc'))
        .toString()
        .match(/^WARC-Type: response\r$/gm),
    ).toHaveLength(39)
  })

  it('is answered alike for the same Idempotency-Key, and refused for another body', async () => {
    const order = { url: site.url, limit: 1 }
    const key = { 'idempotency-key': 'once' }
    const first = (await (await platform.call('POST', '/v1/crawls', order, key)).json()) as CrawlView
    const again = (await (await platform.call('POST', '/v1/crawls', order, key)).json()) as CrawlView
    const other = await platform.call('POST', '/v1/crawls', { ...order, limit: 2 }, key)
    expect(again.id).toBe(first.id)
    expect(other.status).toBe(409)
    expect(await other.json()).toMatchObject({ code: 'idempotency_conflict' })
  })

  it('takes exactly as many pages as its limit', async () => {
    const { id } = await platform.json<CrawlView>('POST', '/v1/crawls', { url: site.url, limit: 17 })
    expect(await platform.crawlToEnd(id, START_MS)).toMatchObject({
      status: 'completed',
      counts: { fetched: 17, queued: 0 },
    })
    expect(await platform.all(`/v1/crawls/${id}/pages`)).toHaveLength(17)
  })

  it('stops at its depth', async () => {
    const { id } = await platform.json<CrawlView>('POST', '/v1/crawls', { url: site.url, maxDepth: 1 })
    await platform.crawlToEnd(id, START_MS)
    const pages = await platform.all<{ url: string }>(`/v1/crawls/${id}/pages`)
    expect(pages.map(({ url }) => new URL(url).pathname).toSorted()).toEqual(['/', '/page/1', '/page/2', '/page/5'])
  })

  it('can be cancelled, and ends', async () => {
    const { id } = await platform.json<CrawlView>('POST', '/v1/crawls', { url: site.url, delayMs: 500 })
    expect(await platform.json('POST', `/v1/crawls/${id}/cancel`)).toMatchObject({ status: 'cancelled' })
    expect(await platform.crawlToEnd(id, START_MS)).toMatchObject({ status: 'cancelled', counts: { queued: 0 } })
  })

  it('is gone once deleted, with all that belonged to it', async () => {
    const { id } = await platform.json<CrawlView>('POST', '/v1/crawls', { url: site.url, limit: 5 })
    await platform.crawlToEnd(id, START_MS)
    expect((await platform.call('DELETE', `/v1/crawls/${id}`)).status).toBe(204)
    for (const rest of ['', '/pages', '/urls', '/export?format=warc']) {
      expect((await platform.call('GET', `/v1/crawls/${id}${rest}`)).status).toBe(404)
    }
  })

  it('of a site that is not there fails quickly, with the reason', async () => {
    const { id } = await platform.json<CrawlView>('POST', '/v1/crawls', { url: 'http://127.0.0.1:1025/' })
    expect(await platform.crawlToEnd(id, 20_000)).toMatchObject({
      status: 'failed',
      error: { code: 'connection_refused' },
    })
  })
})

it('describes itself', async () => {
  expect(await platform.json('GET', '/health')).toEqual({ status: 'ok' })
  expect(await platform.json('GET', '/ready')).toMatchObject({ status: 'ready', dependencies: { database: 'ok' } })
  const openapi = await platform.json<{ openapi: string; paths: object }>('GET', '/openapi.json')
  expect(openapi.openapi).toMatch(/^3\.1/)
  expect(Object.keys(openapi.paths)).toContain('/v1/crawls/{id}/export')
})
