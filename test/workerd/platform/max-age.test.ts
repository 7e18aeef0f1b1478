import { describe, expect, it } from 'vitest'
import type { Document } from '../../../src/contracts/api/document.ts'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'
import { type Site, openSite } from '../stand-in-site.ts'
import { call } from './api-calls.ts'

const HOUR_MS = 3_600_000

async function site(): Promise<Site> {
  return openSite({ '/': '<title>News</title><main><p>What is new today.</p></main>', '/gone': { status: 404 } })
}

const asked = async ({ requests }: Site, path = '/') => (await requests()).filter((one) => one.path === path).length

async function scrape(key: string, url: string, more: object = {}): Promise<Document> {
  return (await call<{ data: Document }>(key, '/v1/scrape', { url, ...more })).data
}

describe('maxAge', () => {
  it('takes an earlier answer to the same request that is no older', async () => {
    const [news, key] = [await site(), await newOwner()]
    const url = `${news.origin}/`
    const first = await scrape(key, url, { maxAge: HOUR_MS })
    expect(await scrape(key, url, { maxAge: HOUR_MS, timeout: 20_000 })).toEqual(first)
    expect(await asked(news)).toBe(1)

    await query(`UPDATE captures SET created_at = created_at - interval '2 hours' WHERE asked IS NOT NULL`)
    expect((await scrape(key, url, { maxAge: HOUR_MS })).fetchedAt).not.toBe(first.fetchedAt)
    expect(await asked(news)).toBe(2)
  })

  it('takes no other: of another request, another workspace, or when it is wanted fresh', async () => {
    const [news, key] = [await site(), await newOwner()]
    const url = `${news.origin}/`
    await scrape(key, url, { maxAge: HOUR_MS })
    await scrape(key, url, { maxAge: HOUR_MS, formats: ['text'] })
    await scrape(await newOwner(), url, { maxAge: HOUR_MS })
    await scrape(key, url)
    await scrape(key, url, { maxAge: 0 })
    expect(await asked(news)).toBe(5)
  })

  it('keeps nothing that was asked with credentials, and no error', async () => {
    const [news, key] = [await site(), await newOwner()]
    const cookies = [{ name: 'session', value: 'secret' }]
    for (const _ of [1, 2]) {
      await scrape(key, `${news.origin}/`, { maxAge: HOUR_MS, cookies })
      await scrape(key, `${news.origin}/`, { maxAge: HOUR_MS, headers: { Authorization: 'Bearer secret' } })
      await scrape(key, `${news.origin}/gone`, { maxAge: HOUR_MS })
    }
    expect(await asked(news)).toBe(4)
    expect(await asked(news, '/gone')).toBe(2)
  })

  it('is refused where every page is asked for anew', async () => {
    const key = await newOwner()
    const url = 'https://example.com/'
    const refused = {
      code: 'validation_failed',
      detail: expect.stringMatching(/^`(?:scrapeOptions\.)?maxAge` is for /),
    }
    const monitor = { name: 'M', url, schedule: { every: '1h' }, channels: [], scrapeOptions: { maxAge: 1 } }
    expect(await problem(key, '/v1/crawls', { url, scrapeOptions: { maxAge: 1 } })).toMatchObject(refused)
    expect(await problem(key, '/v1/batches', { urls: [url], maxAge: 1 })).toMatchObject(refused)
    expect(await problem(key, '/v1/monitors', monitor)).toMatchObject(refused)
  })
})

async function problem(key: string, path: string, body: object): Promise<unknown> {
  const thrown = await call(key, path, body).catch((error: unknown) => String(error))
  return JSON.parse(/\{.*\}/.exec(String(thrown))?.[0] ?? '{}') as unknown
}
