import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { newOwner } from '../owner.ts'
import { call } from './api-calls.ts'

function read(key: string, path: string, etag?: string): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, ...(etag !== undefined && { 'if-none-match': etag }) }
  return exports.default.fetch(`http://lapis.test${path}`, { headers })
}

describe('a read that is repeated', () => {
  it.each(['/v1/keys', '/v1/usage', '/v1/crawls?limit=5'])('of %s is answered without a body', async (path) => {
    const key = await newOwner()
    const first = await read(key, path)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/)
    for (const named of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const again = await read(key, path, named)
      expect([again.status, await again.text(), again.headers.get('etag')], named).toEqual([304, '', etag])
      expect(again.headers.get('x-request-id')).not.toBeNull()
    }
    const other = await read(key, path, '"other"')
    expect([other.status, await other.text()]).toEqual([200, await first.text()])
  })

  it('has a body again once anything has changed', async () => {
    const key = await newOwner()
    const before = await read(key, '/v1/keys')
    await call(key, '/v1/keys', { name: 'Another' })
    const after = await read(key, '/v1/keys', before.headers.get('etag') ?? '')
    expect(after.status).toBe(200)
    expect((await after.json<{ data: unknown[] }>()).data).toHaveLength(2)
  })

  it('is refused as it would be without an ETag', async () => {
    const key = await newOwner([])
    expect((await read(key, '/v1/keys', '*')).status).toBe(403)
    expect((await read('lps_0', '/v1/keys', '*')).status).toBe(401)
  })
})
