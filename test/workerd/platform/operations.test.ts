import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { app } from '../../../workers/api/app.ts'
import { refusal } from '../identity/sign-in.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { call, send } from './api-calls.ts'

function get(path: string): Promise<Response> {
  return exports.default.fetch(`http://lapis.test${path}`)
}

async function sample(line: string): Promise<number> {
  const text = await (await get('/metrics')).text()
  const found = text.split('\n').find((each) => each.startsWith(`${line} `))
  return Number(found?.slice(line.length + 1) ?? 0)
}

describe('GET /metrics', () => {
  it('is Prometheus text, every sample under a type of its own', async () => {
    const response = await get('/metrics')
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const lines = (await response.text()).trimEnd().split('\n')
    const types = new Set(
      lines.flatMap((line) => /^# TYPE (lapis_\w+) (?:counter|gauge|histogram)$/.exec(line)?.[1] ?? []),
    )
    expect(types).toContain('lapis_crawls')
    for (const line of lines.filter((each) => !each.startsWith('#'))) {
      const [, name = ''] = /^(lapis_[a-z_]+)(?:\{(?:[a-z]+="[^"\n]*",?)+\})? [\d.e+-]+$/.exec(line) ?? []
      expect(types, line).toContain(name.replace(/_(?:bucket|sum|count)$/, (end) => (types.has(name) ? end : '')))
    }
  })

  it('counts answers by route, not by path, and what they took', async () => {
    const counted = 'lapis_http_requests_total{method="GET",route="/v1/crawls/:id",status="404"}'
    const before = await sample(counted)
    const key = await newOwner()
    for (let i = 0; i < 3; i += 1) await send(key, `/v1/crawls/${crypto.randomUUID()}`)
    expect((await sample(counted)) - before).toBe(3)
    const all = 'lapis_http_request_duration_seconds_bucket{method="GET",route="/v1/crawls/:id",le="+Inf"}'
    expect(await sample(all)).toBeGreaterThanOrEqual(3)
    expect(await (await get('/metrics')).text()).not.toContain('/v1/crawls/0')
  })

  it('counts pages, scraped ones too', async () => {
    const before = await sample('lapis_pages_total')
    const site = await openSite({ '/': '<title>A</title><p>Words.' })
    await call(await newOwner(), '/v1/scrape', { url: `${site.origin}/` })
    expect((await sample('lapis_pages_total')) - before).toBe(1)
  })

  it("wants the operator's token where there is one", async () => {
    const ask = (token?: string) =>
      app.fetch(
        new Request('http://lapis.test/metrics', { headers: token ? { authorization: `Bearer ${token}` } : {} }),
        { ...env, LAPIS_METRICS_TOKEN: 'of-the-operator' },
        createExecutionContext(),
      )
    expect(await refusal(await ask())).toEqual([401, 'unauthorized'])
    expect(await refusal(await ask('of-the-operatox'))).toEqual([401, 'unauthorized'])
    expect((await ask('of-the-operator')).status).toBe(200)
  })
})

describe('pages for people', () => {
  it.each([
    ['/status', 'Everything works.'],
    ['/docs', '/v1/crawls/{id}/pages'],
  ])("%s has no script, no style but ours and nobody else's host", async (path, words) => {
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/)
    const text = await response.text()
    expect(text).toContain(words)
    expect(text).not.toMatch(/<script|<style| style=| on\w+=|(?:src|href)="(?:https?:)?\/\//i)
    expect((await get('/pages.css')).headers.get('content-type')).toMatch(/^text\/css/)
  })

  it('/docs has every operation and shape of the OpenAPI document', async () => {
    const text = await (await get('/docs')).text()
    const document = await (await get('/openapi.json')).json<{ paths: object; components: { schemas: object } }>()
    for (const path of Object.keys(document.paths)) expect(text).toContain(`</span>${path}</code>`)
    for (const name of Object.keys(document.components.schemas)) expect(text).toContain(`id="${name}"`)
  })
})

it('/ready says of each dependency how it is', async () => {
  const dependencies = { database: 'ok', archive: 'ok', durableObjects: 'ok' }
  expect(await (await get('/ready')).json()).toEqual({ status: 'ready', dependencies })
})

it('/ready and /status are 503 when the database is gone', async () => {
  const lost = { ...env, HYPERDRIVE: { connectionString: 'postgres://nobody@127.0.0.1:9/none' } as Hyperdrive }
  const ask = (path: string) => app.fetch(new Request(`http://lapis.test${path}`), lost, createExecutionContext())
  expect([(await ask('/ready')).status, (await ask('/status')).status]).toEqual([503, 503])
  const refused = await app.fetch(
    new Request('http://lapis.test/v1/me', { headers: { authorization: 'Bearer lps_x' } }),
    lost,
    createExecutionContext(),
  )
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(await refusal(refused)).toEqual([503, 'database_unavailable'])
})
