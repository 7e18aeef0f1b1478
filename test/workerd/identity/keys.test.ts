import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { newOwner } from '../owner.ts'
import { query } from './query.ts'
import { refusal } from './sign-in.ts'

function call(key: string, method: string, path: string, body?: unknown): Promise<Response> {
  return exports.default.fetch(`http://lapis.test${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function made(owner: string, scopes: string[]): Promise<{ id: string; key: string; prefix: string }> {
  const response = await call(owner, 'POST', '/v1/keys', { name: 'Made', scopes })
  expect(response.status).toBe(201)
  return response.json()
}

describe('API keys', () => {
  it('do what their scopes say and nothing else', async () => {
    const { key } = await made(await newOwner(), ['crawls:read'])
    expect((await call(key, 'GET', '/v1/crawls')).status).toBe(200)
    expect(await refusal(await call(key, 'POST', '/v1/crawls', {}))).toEqual([403, 'insufficient_scope'])
    expect(await refusal(await call(key, 'GET', '/v1/keys'))).toEqual([403, 'insufficient_scope'])
  })

  it('are listed without the key itself', async () => {
    const owner = await newOwner()
    const { id, key, prefix } = await made(owner, ['scrape'])
    const text = await (await call(owner, 'GET', '/v1/keys')).text()
    expect(text).toContain(id)
    expect(text).toContain(prefix)
    expect(text).not.toContain(key)
  })

  it('neither give nor end more than they have', async () => {
    const owner = await newOwner()
    const wide = await made(owner, ['*'])
    const narrow = await made(owner, ['keys:write'])
    const wish = { name: 'More', scopes: ['*'] }
    expect(await refusal(await call(narrow.key, 'POST', '/v1/keys', wish))).toEqual([403, 'insufficient_scope'])
    expect(await refusal(await call(narrow.key, 'DELETE', `/v1/keys/${wide.id}`))).toEqual([403, 'insufficient_scope'])
  })

  it('are refused once deleted, and a stranger can not delete them', async () => {
    const owner = await newOwner()
    const { id, key } = await made(owner, ['crawls:read'])
    expect(await refusal(await call(await newOwner(), 'DELETE', `/v1/keys/${id}`))).toEqual([404, 'not_found'])
    expect((await call(key, 'GET', '/v1/crawls')).status).toBe(200)
    expect((await call(owner, 'DELETE', `/v1/keys/${id}`)).status).toBe(204)
    expect(await refusal(await call(key, 'GET', '/v1/crawls'))).toEqual([401, 'unauthorized'])
  })
})

describe('POST /v1/keys/:id/rotate', () => {
  it('gives a new key of the same scopes, while the old one goes on for the overlap', async () => {
    const owner = await newOwner()
    const old = await made(owner, ['crawls:read'])
    const response = await call(owner, 'POST', `/v1/keys/${old.id}/rotate`, { overlapSeconds: 60 })
    expect(response.status).toBe(201)
    const next = await response.json<{ id: string; key: string; scopes: string[]; name: string }>()
    expect(next).toMatchObject({ scopes: ['crawls:read'], name: 'Made' })
    for (const key of [old.key, next.key]) expect((await call(key, 'GET', '/v1/crawls')).status).toBe(200)
    const [row] = await query('SELECT extract(epoch FROM expires_at - now()) AS left FROM api_keys WHERE id = $1', [
      old.id,
    ])
    expect(Number(row?.['left'])).toBeGreaterThan(50)
    expect(Number(row?.['left'])).toBeLessThanOrEqual(60)
  })

  it('without an overlap ends the old key at once', async () => {
    const owner = await newOwner()
    const old = await made(owner, ['crawls:read'])
    expect((await call(old.key, 'GET', '/v1/crawls')).status).toBe(200)
    expect((await call(owner, 'POST', `/v1/keys/${old.id}/rotate`, { overlapSeconds: 0 })).status).toBe(201)
    expect(await refusal(await call(old.key, 'GET', '/v1/crawls'))).toEqual([401, 'unauthorized'])
  })

  it('makes one key of 20 simultaneous rotations, none for a stranger, and none of wider scopes', async () => {
    const owner = await newOwner()
    const { id } = await made(owner, ['*'])
    const narrow = await made(owner, ['keys:write'])
    expect(await refusal(await call(await newOwner(), 'POST', `/v1/keys/${id}/rotate`, {}))).toEqual([404, 'not_found'])
    expect(await refusal(await call(narrow.key, 'POST', `/v1/keys/${id}/rotate`, {}))).toEqual([
      403,
      'insufficient_scope',
    ])
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call(owner, 'POST', `/v1/keys/${id}/rotate`, {})),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, ...Array(19).fill(409)])
  })
})

describe('lastUsedAt', () => {
  it('tells when a key was used, written once a minute at most', async () => {
    const owner = await newOwner()
    const { id, key } = await made(owner, ['crawls:read'])
    expect(await usedAt(owner, id)).toBeNull()
    const before = Date.now()
    await call(key, 'GET', '/v1/crawls')
    const first = await usedAt(owner, id)
    expect(Date.parse(first ?? '')).toBeGreaterThanOrEqual(before)
    for (let i = 0; i < 5; i += 1) await call(key, 'GET', '/v1/crawls')
    expect(await usedAt(owner, id)).toBe(first)
  })
})

async function usedAt(owner: string, id: string): Promise<string | null | undefined> {
  const { data } = await (
    await call(owner, 'GET', '/v1/keys')
  ).json<{ data: { id: string; lastUsedAt: string | null }[] }>()
  return data.find((key) => key.id === id)?.lastUsedAt
}
