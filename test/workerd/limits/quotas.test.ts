import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { app } from '../../../workers/api/app.ts'
import { handleCheck } from '../../../workers/queues/check.ts'
import { platformOf } from '../../../workers/platform.ts'
import { query } from '../identity/query.ts'
import { refusal } from '../identity/sign-in.ts'
import { newOwner } from '../owner.ts'
import { call, completed } from '../platform/api-calls.ts'
import { openSite } from '../stand-in-site.ts'

type Vars = Record<string, string>

async function limited(
  key: string,
  path: string,
  body?: unknown,
  vars: Vars = { LAPIS_QUOTA_PAGES: '3' },
): Promise<Response> {
  const request = new Request(`http://lapis.test${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return app.fetch(request, { ...env, ...vars }, createExecutionContext())
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

describe('once the renders of the month are used up', () => {
  it('what must be rendered is refused, and what may be is read without a browser', async () => {
    const key = await newOwner()
    const site = await openSite({ '/': '<title>A</title><p>Words.' })
    const url = `${site.origin}/`
    const ask = (path: string, body: unknown) => limited(key, path, body, { LAPIS_QUOTA_RENDERS: '1' })
    await query(
      `INSERT INTO usage_days (workspace_id, day, renders)
       SELECT workspace_id, (now() AT TIME ZONE 'UTC')::date, 1 FROM api_keys WHERE prefix = $1`,
      [key.slice(0, 12)],
    )
    const always = { render: 'always' }
    for (const [path, body] of [
      ['/v1/scrape', { url, ...always }],
      ['/v1/scrape', { url, formats: ['screenshot'] }],
      ['/v1/crawls', { url, scrapeOptions: always }],
      ['/v1/batches', { urls: [url], ...always }],
    ] as const)
      expect(await refusal(await ask(path, body)), path).toEqual([429, 'quota_exceeded'])
    const scraped = await ask('/v1/scrape', { url })
    expect((await scraped.json<{ data: { rendered: boolean } }>()).data.rendered).toBe(false)
    const crawl = await ask('/v1/crawls', { url })
    expect((await crawl.json<{ options: unknown }>()).options).toMatchObject({ scrapeOptions: { render: 'never' } })
  })
})

describe('once the checks of the month are used up', () => {
  it('a check that is asked for is refused, and one that is due is put off and says why', async () => {
    const key = await newOwner()
    const site = await openSite({ '/': '<title>A</title><p>Words.' })
    const watched = { name: 'Watched', url: `${site.origin}/`, schedule: { every: '1w' } }
    const vars = { LAPIS_QUOTA_PAGES: '', LAPIS_QUOTA_CHECKS: '1' }
    const { id } = await (await limited(key, '/v1/monitors', watched, vars)).json<{ id: string }>()
    await query(
      `INSERT INTO usage_days (workspace_id, day, checks)
       SELECT workspace_id, (now() AT TIME ZONE 'UTC')::date, 1 FROM monitors WHERE id = $1
       ON CONFLICT (workspace_id, day) DO UPDATE SET checks = 1`,
      [id],
    )
    expect(await refusal(await limited(key, `/v1/monitors/${id}/check`, {}, vars))).toEqual([429, 'quota_exceeded'])
    await query('UPDATE monitors SET next_check_at = now(), claim_id = NULL, begun_at = NULL WHERE id = $1', [id])
    await handleCheck(platformOf({ ...env, ...vars }), { v: 1, kind: 'wake', monitorId: id })
    const shown = await limited(key, `/v1/monitors/${id}`, undefined, vars)
    const { nextCheckAt, health } = await shown.json<{ nextCheckAt: string; health: { whyNext: string } }>()
    expect(health.whyNext).toBe("this month's checks are used up")
    expect(new Date(nextCheckAt).getTime()).toBeGreaterThan(Date.now())
    // A quota that was raised, or a new month.
    await query('UPDATE monitors SET next_check_at = now() WHERE id = $1', [id])
    await handleCheck(platformOf(env), { v: 1, kind: 'wake', monitorId: id })
    expect((await call<{ data: unknown[] }>(key, `/v1/monitors/${id}/checks`)).data.length).toBeGreaterThan(0)
  })
})
