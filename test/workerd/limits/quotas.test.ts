import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { app } from '../../../workers/api/app.ts'
import { refusal } from '../identity/sign-in.ts'
import { newOwner } from '../owner.ts'
import { call, completed } from '../platform/api-calls.ts'
import { openSite } from '../stand-in-site.ts'

async function limited(key: string, path: string, body?: unknown): Promise<Response> {
  const request = new Request(`http://lapis.test${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return app.fetch(request, { ...env, LAPIS_QUOTA_PAGES: '3' }, createExecutionContext())
}

interface Quotas {
  quotas: { pages: { limit: number | null; used: number; resetsAt: string } }
}

describe('a monthly quota of pages', () => {
  it('counts each page once, refuses what would exceed it, and says when to come again', async () => {
    const key = await newOwner()
    const site = await openSite({
      '/': '<title>A</title><p>Words.<a href="/b">b</a>',
      '/b': '<title>B</title><p>Others.',
    })
    const crawl = await limited(key, '/v1/crawls', { url: `${site.origin}/`, sitemap: 'skip', delayMs: 0 })
    await completed(key, (await crawl.json<{ id: string }>()).id)
    expect(await refusal(await limited(key, '/v1/batches', { urls: [`${site.origin}/`, `${site.origin}/b`] }))).toEqual(
      [429, 'quota_exceeded'],
    )
    expect((await limited(key, '/v1/scrape', { url: `${site.origin}/` })).status).toBe(200)
    const refused = await limited(key, '/v1/scrape', { url: `${site.origin}/` })
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(31 * 86_400)
    expect(await refusal(refused)).toEqual([429, 'quota_exceeded'])
    const { quotas } = await (await limited(key, '/v1/usage')).json<Quotas>()
    expect(quotas.pages).toMatchObject({ limit: 3, used: 3 })
    expect(new Date(quotas.pages.resetsAt).getUTCDate()).toBe(1)
  })

  it('is off unless the operator sets one', async () => {
    expect((await call<Quotas>(await newOwner(), '/v1/usage')).quotas.pages).toMatchObject({ limit: null, used: 0 })
  })
})
