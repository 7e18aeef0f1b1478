import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { newOwner } from '../owner.ts'

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

async function refusal(response: Response): Promise<[number, string]> {
  return [response.status, (await response.json<{ code: string }>()).code]
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
