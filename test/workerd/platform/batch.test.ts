import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed, send } from './api-calls.ts'

interface Urls {
  data: { url: string; state: string; reason?: string }[]
}

const PAGE = (text: string): string => `<title>${text}</title><main><p>${text}</p><a href="/elsewhere">more</a></main>`

describe('POST /v1/batches', () => {
  it('fetches the given pages of several sites and follows no link', async () => {
    const [one, two] = await Promise.all([
      openSite({ '/a': PAGE('first'), '/b': PAGE('second') }),
      openSite({ '/c': PAGE('third') }),
    ])
    const key = await newOwner()
    const urls = [
      `${one.origin}/a`,
      `${one.origin}/b`,
      `${two.origin}/c`,
      `${one.origin}/a#again`,
      `${two.origin}/gone`,
    ]
    const { id } = await call<Crawl>(key, '/v1/batches', { urls })
    const batch = await completed(key, id)
    expect(batch.counts).toMatchObject({ fetched: 3, failed: 1, discovered: 4 })
    const { data } = await call<Urls>(key, `/v1/batches/${id}/urls`)
    expect(data.find(({ url }) => url.endsWith('/gone'))).toMatchObject({ state: 'failed', reason: 'http_error' })
    const asked = [...(await one.requests()), ...(await two.requests())].map(({ path }) => path)
    expect(asked).not.toContain('/elsewhere')
    expect(asked).not.toContain('/sitemap.xml')
  })

  it('keeps one outcome for each URL: an address out of reach costs the others nothing', async () => {
    const site = await openSite({ '/a': PAGE('here') })
    const key = await newOwner()
    const { id } = await call<Crawl>(key, '/v1/batches', { urls: ['http://10.0.0.1/private', `${site.origin}/a`] })
    expect((await completed(key, id)).counts).toMatchObject({ fetched: 1, failed: 1 })
    const { data } = await call<Urls>(key, `/v1/crawls/${id}/urls?state=failed`)
    expect(data).toMatchObject([{ url: 'http://10.0.0.1/private', reason: 'address_not_allowed' }])
  })

  it.each([
    [{ urls: [] }, 'urls'],
    [{ urls: ['http://example.com/', 'ftp://example.com/'] }, 'urls.1'],
    [{ urls: Array.from({ length: 1_001 }, (_, index) => `http://example.com/${index}`) }, 'urls'],
  ])('refuses a bad list and names the place', async (body, path) => {
    const response = await send(await newOwner(), '/v1/batches', body)
    expect(response.status).toBe(400)
    expect((await response.json<{ errors: { path: string }[] }>()).errors.map((error) => error.path)).toContain(path)
  })
})

/** What a Durable Object has written down of its crawls. */
function briefsIn(stub: DurableObjectStub): Promise<string> {
  return runInDurableObject(stub, (_object, { storage }) =>
    JSON.stringify(storage.sql.exec('SELECT brief FROM crawl').toArray()),
  )
}

describe('sites behind a login', () => {
  it('sends cookies and Basic credentials to the given host, and shows them to nobody', async () => {
    const [site, other] = await Promise.all([openSite({ '/': PAGE('inside') }), openSite({ '/': PAGE('outside') })])
    await site.setRoutes({ '/': PAGE('inside'), '/away': { status: 302, headers: { location: `${other.origin}/` } } })
    const key = await newOwner()
    const secrets = {
      cookies: [{ name: 'session', value: 'hush' }],
      auth: { type: 'basic', username: 'ann', password: 'hush' },
      headers: { 'X-Api-Key': 'hush' },
    }
    const urls = [`${site.origin}/`, `${site.origin}/away`]
    const started = await call<Crawl>(key, '/v1/batches', { urls, ...secrets })
    const ended = await completed(key, started.id)
    expect(JSON.stringify([started, ended])).not.toContain('hush')
    const page = (await site.requests()).find(({ path }) => path === '/')
    expect(page?.headers).toMatchObject({
      cookie: 'session=hush',
      authorization: `Basic ${btoa('ann:hush')}`,
      'x-api-key': 'hush',
    })
    const kept = await query('SELECT options::text AS options FROM crawls WHERE id = $1', [started.id])
    expect(JSON.stringify(kept)).toContain('[redacted]')
    expect(JSON.stringify(kept)).not.toMatch(/hush|sealed/)
    for (const stub of [
      env.DOMAIN_FRONTIER.getByName(new URL(site.origin).hostname),
      env.CRAWL_LEDGER.getByName(started.id),
    ])
      expect(await briefsIn(stub)).toMatch(/sealed(?!.*hush)/)
    const abroad = await other.requests()
    expect(abroad.map(({ path }) => path)).toContain('/')
    expect(JSON.stringify(abroad)).not.toContain('hush')
  })
})
