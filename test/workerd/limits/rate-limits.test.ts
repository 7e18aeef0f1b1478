import { createExecutionContext, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../../workers/api/app.ts'
import { forgetShares } from '../../../workers/api/limiter.ts'
import type { RateLimiterRpc } from '../../../src/contracts/rate-limiter.ts'
import { newAddress, newEmail, refusal } from '../identity/sign-in.ts'
import { newOwner } from '../owner.ts'

interface Asked {
  method?: string
  key?: string
  address?: string
  body?: unknown
  headers?: Record<string, string>
}

/** Calls the API as it is with other variables. */
async function ask(path: string, vars: Record<string, unknown>, asked: Asked = {}): Promise<Response> {
  const { method = 'GET', key, address = '198.51.100.1', body, headers = {} } = asked
  const request = new Request(`http://lapis.test${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'cf-connecting-ip': address,
      ...(key && { authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return app.fetch(request, { ...env, ...vars } as typeof env, createExecutionContext())
}

async function statuses(count: number, call: () => Promise<Response>): Promise<Record<number, number>> {
  const answers = await Promise.all(Array.from({ length: count }, call))
  const seen: Record<number, number> = {}
  for (const { status } of answers) seen[status] = (seen[status] ?? 0) + 1
  return seen
}

beforeEach(forgetShares)

describe('a key', () => {
  it('may spend its quota at once, and no more, however many calls come together', async () => {
    const key = await newOwner()
    const seen = await statuses(150, () => ask('/v1/crawls', { LAPIS_RATE_LIMIT: '100' }, { key }))
    expect(Object.keys(seen)).toEqual(['200', '429'])
    // The isolate may have taken a fiftieth along that came too late for calls refused meanwhile.
    expect(seen[200]).toBeGreaterThanOrEqual(98)
    // What comes in while they are answered, at 100 a minute.
    expect(seen[200]).toBeLessThan(125)
  })

  it('is told how it stands, and when to come again', async () => {
    const key = await newOwner()
    const limits = { LAPIS_RATE_LIMIT: '3', LAPIS_RATE_LIMIT_WORKSPACE: '10' }
    const first = await ask('/v1/crawls', limits, { key })
    expect(first.headers.get('ratelimit-policy')).toBe('"address";q=3000;w=60, "key";q=3;w=60, "workspace";q=10;w=60')
    expect(first.headers.get('ratelimit')).toMatch(/"key";r=2;t=20, "workspace";r=9;t=6$/)
    await statuses(2, () => ask('/v1/crawls', limits, { key }))
    const late = await ask('/v1/crawls', limits, { key })
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(late.headers.get('retry-after'))).toBeLessThanOrEqual(20)
    expect(late.headers.get('ratelimit')).toMatch(/^"key";r=0;t=\d+, "workspace";/)
    expect(late.headers.get('content-type')).toBe('application/problem+json')
    expect(await refusal(late)).toEqual([429, 'rate_limited'])
  })

  it('does not use up the quota of another', async () => {
    const [one, other] = [await newOwner(), await newOwner()]
    expect(await statuses(9, () => ask('/v1/crawls', { LAPIS_RATE_LIMIT: '5' }, { key: one }))).toEqual({
      200: 5,
      429: 4,
    })
    expect((await ask('/v1/crawls', { LAPIS_RATE_LIMIT: '5' }, { key: other })).status).toBe(200)
  })

  it('pays ten times for a scrape', async () => {
    const key = await newOwner()
    const scrape = () => ask('/v1/scrape', { LAPIS_RATE_LIMIT: '35' }, { key, method: 'POST', body: {} })
    expect(await statuses(5, scrape)).toEqual({ 400: 3, 429: 2 })
  })

  it('has no limit where the operator says 0', async () => {
    const response = await ask('/v1/crawls', { LAPIS_RATE_LIMIT: '0' }, { key: await newOwner() })
    expect([response.status, response.headers.get('ratelimit-policy')]).toEqual([200, '"address";q=3000;w=60'])
  })

  it('shares the limit of its workspace', async () => {
    const key = await newOwner()
    const limits = { LAPIS_RATE_LIMIT: '100', LAPIS_RATE_LIMIT_WORKSPACE: '4' }
    const second = await ask('/v1/keys', limits, { key, method: 'POST', body: { name: 'Second' } })
    const other = (await second.json<{ key: string }>()).key
    expect(await statuses(3, () => ask('/v1/crawls', limits, { key }))).toEqual({ 200: 3 })
    const late = await ask('/v1/crawls', limits, { key: other })
    expect((await late.json<{ detail: string }>()).detail).toMatch(/for this workspace/)
  })
})

describe('an address', () => {
  it('may try so many credentials, and a known one is not held up by them', async () => {
    const key = await newOwner()
    const address = newAddress()
    const limits = { LAPIS_RATE_LIMIT_ADDRESS: '10' }
    expect((await ask('/v1/crawls', limits, { key, address })).status).toBe(200)
    const guess = () => ask('/v1/crawls', limits, { key: `lps_${crypto.randomUUID()}`, address })
    expect(await statuses(15, guess)).toEqual({ 401: 9, 429: 6 })
    expect((await ask('/v1/crawls', limits, { key, address })).status).toBe(200)
    expect((await ask('/v1/auth/refresh', limits, { method: 'POST', address, body: {} })).status).toBe(429)
    expect((await ask('/v1/auth/refresh', limits, { method: 'POST', address: newAddress(), body: {} })).status).toBe(
      400,
    )
  })

  it('may register so many accounts an hour', async () => {
    const address = newAddress()
    const register = () =>
      ask(
        '/v1/auth/register',
        { LAPIS_REGISTRATION_LIMIT: '3' },
        { method: 'POST', address, body: { email: newEmail() } },
      )
    const seen = await statuses(5, register)
    expect(seen).toEqual({ 400: 3, 429: 2 })
    const late = await register()
    expect(late.headers.get('ratelimit-policy')).toContain('"registration";q=3;w=3600')
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(1_000)
  })

  it.each([
    ['is what a trusted proxy says', '10.0.0.0/8', '10.1.1.1', '203.0.113.7', '203.0.113.7'],
    [
      'is what the first of several trusted proxies says',
      '10.0.0.0/8',
      '10.1.1.1',
      '1.1.1.1, 203.0.113.7, 10.2.2.2',
      '203.0.113.7',
    ],
    ['is the peer, when that is no trusted proxy', '10.0.0.0/8', '203.0.113.9', '1.1.1.1', '203.0.113.9'],
    ['is the peer, when the proxy says nonsense', '10.0.0.0/8', '10.1.1.1', 'unknown', '10.1.1.1'],
    ['is the peer where no proxy is trusted', '', '10.1.1.1', '1.1.1.1', '10.1.1.1'],
    ['may be IPv6', 'fd00::/8', 'fd00::1', '2001:db8::7', '2001:db8::7'],
  ])('%s', async (_, proxies, address, forwarded, client) => {
    const key = await newOwner()
    const vars = { LAPIS_TRUSTED_PROXIES: proxies }
    const headers = { 'x-forwarded-for': forwarded }
    await ask('/v1/keys', vars, { method: 'POST', key, address, headers, body: { name: 'From afar' } })
    const events = await ask('/v1/audit-events', vars, { key })
    expect((await events.json<{ data: { address: string }[] }>()).data[0]?.address).toBe(client)
  })
})

describe('a limiter that', () => {
  it.each([
    ['fails', () => Promise.reject(new Error('Durable Object reset'))],
    ['says nothing', () => new Promise(() => undefined)],
  ])('%s lets calls pass, soon, and holds them to the limit again once it is back', async (_, take) => {
    const key = await newOwner()
    const broken = { RATE_LIMITER: { getByName: () => ({ take }) }, LAPIS_RATE_LIMIT: '2' }
    const since = Date.now()
    expect(await statuses(5, () => ask('/v1/crawls', broken, { key }))).toEqual({ 200: 5 })
    expect(Date.now() - since).toBeLessThan(8_000)
    expect(await statuses(5, () => ask('/v1/crawls', { LAPIS_RATE_LIMIT: '2' }, { key }))).toEqual({ 200: 2, 429: 3 })
  })
})

describe('the bucket of a subject', () => {
  const policy = { quota: 10, windowSeconds: 60 }

  function bucket(name: string) {
    const stub = env.RATE_LIMITER.getByName(name)
    return { stub, take: (cost: number) => (stub as unknown as RateLimiterRpc).take({ policy, cost, spare: 0 }) }
  }

  it('outlasts its object', async () => {
    const { stub, take } = bucket('evicted')
    expect(await take(8)).toMatchObject({ granted: 8, remaining: 2 })
    await evictDurableObject(stub)
    expect(await take(8)).toMatchObject({ granted: 0, remaining: 2 })
  })

  it('leaves nothing behind once it is full again', async () => {
    const { stub, take } = bucket('forgotten')
    await take(8)
    await runInDurableObject(stub, (_, { storage }) => {
      storage.kv.put('kept', { bucket: { tokens: 2, at: Date.now() - 61_000 }, windowSeconds: 60 })
    })
    await evictDurableObject(stub)
    expect(await runDurableObjectAlarm(stub)).toBe(true)
    await runInDurableObject(stub, async (_, { storage }) => {
      expect([...storage.kv.list()]).toEqual([])
      expect(await storage.getAlarm()).toBeNull()
    })
  })

  it('is looked at again when it was used meanwhile', async () => {
    const { stub, take } = bucket('busy')
    await take(8)
    expect(await runDurableObjectAlarm(stub)).toBe(true)
    expect(await take(8)).toMatchObject({ granted: 0 })
  })
})
