import { exports } from 'cloudflare:workers'
import { WARCParser } from 'warcio'
import { beforeAll, describe, expect, it } from 'vitest'
import { newOwner } from '../owner.ts'
import { type Routes, type Site, openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed, send } from './api-calls.ts'

interface Page {
  url: string
  status: number
  change?: string
  markdown: string
  rawHtml?: string
}

const LAST_MODIFIED = 'Tue, 24 Nov 2026 10:00:00 GMT'

const html = (name: string, links: readonly string[] = []): string =>
  `<title>${name}</title><main><p>The words of the page ${name}, which are its own.</p>${links
    .map((link) => `<a href="${link}">${link}</a>`)
    .join(' ')}</main>`

const tagged = (body: string, etag: string) => ({ headers: { etag }, body })

const FORMER: Routes = {
  '/': tagged(html('Home', ['/tagged', '/dated', '/plain', '/news', '/closed', '/moved', '/lonely']), '"home-1"'),
  '/tagged': tagged(html('Tagged', ['/below']), 'W/"tagged-1"'),
  '/below': html('Below'),
  '/dated': { headers: { 'last-modified': LAST_MODIFIED }, body: html('Dated') },
  '/plain': html('Plain'),
  '/news': html('News of Monday'),
  '/closed': html('Closed'),
  '/moved': html('Moved'),
  '/lonely': html('Lonely'),
}

/** As FORMER, with a start page that leads elsewhere, changed news, and pages that are none any more. */
const LATER: Routes = {
  ...FORMER,
  '/': tagged(html('Home', ['/tagged', '/dated', '/plain', '/news', '/closed', '/moved', '/fresh']), '"home-2"'),
  '/news': html('News of Tuesday'),
  '/closed': { status: 410, body: 'closed' },
  '/moved': { status: 301, headers: { location: '/fresh' } },
  '/fresh': html('Fresh'),
}

const crawled = async (key: string, site: Site, options: object = {}): Promise<Crawl> => {
  const wish = { url: `${site.origin}/`, sitemap: 'skip', delayMs: 0, ...options }
  const { id } = await call<Crawl>(key, '/v1/crawls', wish)
  return completed(key, id)
}

const pagesOf = async (key: string, id: string, query = ''): Promise<Page[]> =>
  (await call<{ data: Page[] }>(key, `/v1/crawls/${id}/pages${query}`)).data

async function deleted(key: string, id: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}` }
  const response = await exports.default.fetch(`http://lapis.test/v1/crawls/${id}`, { method: 'DELETE', headers })
  expect(response.status).toBe(204)
}

const changesByPath = (pages: readonly Page[]) =>
  Object.fromEntries(pages.map(({ url, change }) => [new URL(url).pathname, change]))

async function warcOf(key: string, id: string) {
  const response = await exports.default.fetch(`http://lapis.test/v1/crawls/${id}/export?format=warc`, {
    headers: { authorization: `Bearer ${key}` },
  })
  const records: { type: string | null; uri: string | null; headers: Map<string, string> }[] = []
  if (!response.body) throw new Error('no archive')
  for await (const record of new WARCParser(response.body)) {
    await record.readFully(false)
    const { headers } = record.warcHeaders
    records.push({ type: record.warcType ?? null, uri: record.warcTargetURI ?? null, headers: new Map(headers) })
  }
  return records
}

// The first call loads the whole Worker, which takes a busy machine longer than any test here.
beforeAll(async () => void (await exports.default.fetch('http://lapis.test/health')), 60_000)

describe('a crawl since a former one', () => {
  it('says of every page what it is to the former crawl, and what of the former crawl is gone', async () => {
    const site = await openSite(FORMER)
    const key = await newOwner()
    const former = await crawled(key, site)
    await site.setRoutes(LATER)
    const later = await crawled(key, site, { since: former.id })
    expect(later).toMatchObject({ changes: { new: 1, changed: 2, unchanged: 4, gone: 3, unchecked: 0 } })
    expect(changesByPath(await pagesOf(key, later.id))).toEqual({
      '/': 'changed',
      '/tagged': 'unchanged',
      '/below': 'unchanged',
      '/dated': 'unchanged',
      '/plain': 'unchanged',
      '/news': 'changed',
      '/fresh': 'new',
    })
    const gone = await call<{ data: { url: string }[] }>(key, `/v1/crawls/${later.id}/gone`)
    expect(gone.data.toSorted((a, b) => (a.url < b.url ? -1 : 1))).toEqual([
      expect.objectContaining({ url: `${site.origin}/closed`, title: 'Closed', reason: 'http_error', status: 410 }),
      expect.objectContaining({ url: `${site.origin}/lonely`, reason: 'unlinked' }),
      expect.objectContaining({ url: `${site.origin}/moved`, reason: 'redirect', status: 301 }),
    ])
  })

  it('lists pages by what they are, page by page', async () => {
    const site = await openSite(FORMER)
    const key = await newOwner()
    const former = await crawled(key, site)
    await site.setRoutes(LATER)
    const { id } = await crawled(key, site, { since: former.id })
    expect((await pagesOf(key, id, '?change=changed')).map(({ url }) => new URL(url).pathname).toSorted()).toEqual([
      '/',
      '/news',
    ])
    const paths: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const path = `/v1/crawls/${id}/pages?change=unchanged&limit=3${cursor && `&cursor=${cursor}`}`
      const list: { data: Page[]; nextCursor: string | null } = await call(key, path)
      paths.push(...list.data.map(({ url }) => new URL(url).pathname))
      cursor = list.nextCursor
    }
    expect(paths.toSorted()).toEqual(['/below', '/dated', '/plain', '/tagged'])
  })

  it('asks with the validators that the site gave (RFC 9110 §13.1), and with none where it gave none', async () => {
    const site = await openSite(FORMER)
    const key = await newOwner()
    const former = await crawled(key, site)
    const before = (await site.requests()).length
    await crawled(key, site, { since: former.id })
    const asked = new Map((await site.requests()).slice(before).map(({ path, headers }) => [path, headers]))
    expect(asked.get('/tagged')?.['if-none-match']).toBe('W/"tagged-1"')
    expect(asked.get('/dated')?.['if-modified-since']).toBe(LAST_MODIFIED)
    expect(asked.get('/plain')).not.toHaveProperty('if-none-match')
    expect(asked.get('/plain')).not.toHaveProperty('if-modified-since')
  })

  it('follows the links of unchanged pages, and shows their content', async () => {
    const site = await openSite(FORMER)
    const key = await newOwner()
    const former = await crawled(key, site)
    const later = await crawled(key, site, { since: former.id, scrapeOptions: { formats: ['markdown', 'rawHtml'] } })
    expect(later).toMatchObject({ changes: { new: 0, changed: 0, unchanged: 9, gone: 0, unchecked: 0 } })
    const pages = await pagesOf(key, later.id)
    for (const { url, status, markdown, rawHtml } of pages) {
      expect(status, url).toBe(200)
      expect(markdown, url).toContain('which are its own')
      expect(rawHtml, url).toContain('<main>')
    }
    expect(pages.map(({ url }) => new URL(url).pathname)).toContain('/below')
  })

  it('needs nothing of the former crawl once that is deleted, generation after generation', async () => {
    const site = await openSite(FORMER)
    const key = await newOwner()
    let { id } = await crawled(key, site)
    for (let generation = 1; generation <= 3; generation++) {
      const later = await crawled(key, site, { since: id, scrapeOptions: { formats: ['markdown', 'rawHtml'] } })
      expect(later).toMatchObject({ changes: { unchanged: 9, gone: 0 } })
      await deleted(key, id)
      const [home] = await pagesOf(key, later.id)
      expect(home?.rawHtml).toBe(html('Home', ['/tagged', '/dated', '/plain', '/news', '/closed', '/moved', '/lonely']))
      id = later.id
    }
    // The response and one revisit of each page: the revisits of generations before are not carried along.
    const types = (await warcOf(key, id)).map(({ type }) => type)
    expect(types.filter((type) => type === 'response')).toHaveLength(9)
    expect(types.filter((type) => type === 'revisit')).toHaveLength(9)
  })

  it('goes on when the former crawl is deleted under it: what it asks for from then on is new', async () => {
    const site = await openSite(FORMER)
    const key = await newOwner()
    const former = await crawled(key, site)
    const wish = { url: `${site.origin}/`, sitemap: 'skip', delayMs: 0, maxConcurrency: 1, since: former.id }
    const { id } = await call<Crawl>(key, '/v1/crawls', wish)
    await deleted(key, former.id)
    const { counts, changes } = await completed(key, id)
    expect(counts).toMatchObject({ fetched: 9, failed: 0 })
    expect(changes).toMatchObject({ changed: 0, gone: 0, unchecked: 0 })
    expect((changes?.['new'] ?? 0) + (changes?.['unchanged'] ?? 0)).toBe(9)
    expect((await pagesOf(key, id)).every(({ markdown }) => markdown.includes('which are its own'))).toBe(true)
  })

  it('takes no 304 for a page that nobody asked it about (RFC 9110 §15.4.5)', async () => {
    const site = await openSite({ '/': html('Home', ['/odd']), '/odd': { status: 304, body: '' } })
    const key = await newOwner()
    const former = await crawled(key, site)
    const later = await crawled(key, site, { since: former.id })
    for (const { id } of [former, later]) {
      const { data } = await call<{ data: object[] }>(key, `/v1/crawls/${id}/urls?state=failed`)
      expect(data).toEqual([expect.objectContaining({ url: `${site.origin}/odd`, reason: 'invalid_response' })])
    }
  })

  it('archives unchanged pages as revisits of the former response (ISO 28500:2017 §6.7)', async () => {
    const site = await openSite(FORMER)
    const key = await newOwner()
    const former = await crawled(key, site)
    const later = await crawled(key, site, { since: former.id })
    const responses = new Map(
      (await warcOf(key, former.id)).filter(({ type }) => type === 'response').map((record) => [record.uri, record]),
    )
    const revisits = new Map(
      (await warcOf(key, later.id)).filter(({ type }) => type === 'revisit').map((record) => [record.uri, record]),
    )
    const profiles = {
      '/tagged': 'http://netpreserve.org/warc/1.1/revisit/server-not-modified',
      '/plain': 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest',
    }
    for (const [path, profile] of Object.entries(profiles)) {
      const uri = `${site.origin}${path}`
      const original = responses.get(uri)?.headers
      expect(Object.fromEntries(revisits.get(uri)?.headers ?? [])).toMatchObject({
        'warc-profile': profile,
        'warc-refers-to': original?.get('warc-record-id'),
        'warc-refers-to-target-uri': uri,
        'warc-refers-to-date': original?.get('warc-date'),
        'warc-payload-digest': original?.get('warc-payload-digest'),
      })
    }
  })

  it('does not call gone what it was not allowed or not able to ask', async () => {
    const site = await openSite(FORMER)
    const key = await newOwner()
    const former = await crawled(key, site)
    await site.setRoutes({ ...FORMER, '/closed': { status: 500, body: 'down' }, '/tagged': { fault: 'reset' } })
    const later = await crawled(key, site, { since: former.id, excludePaths: ['^/moved'] })
    expect(later).toMatchObject({ changes: { gone: 1, unchecked: 3 } })
    const gone = await call<{ data: { url: string }[] }>(key, `/v1/crawls/${later.id}/gone`)
    // Its only link was on the page that could not be had: what nothing leads to counts as gone, with that reason.
    expect(gone.data).toEqual([expect.objectContaining({ url: `${site.origin}/below`, reason: 'unlinked' })])
  })

  it('keeps its page budget exact, and calls nothing gone that the budget kept it from', async () => {
    const site = await openSite(FORMER)
    const key = await newOwner()
    const former = await crawled(key, site)
    const later = await crawled(key, site, { since: former.id, limit: 4 })
    expect(later.counts).toMatchObject({ fetched: 4 })
    expect(later).toMatchObject({ changes: { new: 0, changed: 0, unchanged: 4, gone: 0, unchecked: 5 } })
  })
})

describe('`since` is refused with the reason', () => {
  it('when it names no crawl of the workspace', async () => {
    const site = await openSite(FORMER)
    const theirs = await crawled(await newOwner(), site)
    const wish = { url: `${site.origin}/`, since: theirs.id }
    const response = await send(await newOwner(), '/v1/crawls', wish)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'not_found', detail: expect.stringContaining('`since`') })
  })

  it('when that was a crawl of another site, or has not ended', async () => {
    const site = await openSite({ '/': html('Home', ['/slow']), '/slow': { fault: 'hang' } })
    const other = await openSite(FORMER)
    const key = await newOwner()
    const elsewhere = await crawled(key, other)
    const running = await call<Crawl>(key, '/v1/crawls', { url: `${site.origin}/`, sitemap: 'skip' })
    for (const since of [elsewhere.id, running.id]) {
      const response = await send(key, '/v1/crawls', { url: `${site.origin}/`, since })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ code: 'validation_failed', errors: [{ path: 'since' }] })
    }
    await send(key, `/v1/crawls/${running.id}/cancel`, {})
  })
})
