import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { app } from '../../../workers/api/app.ts'
import { newOwner } from '../owner.ts'

const OURS = 'https://app.example.test'

async function ask(origins: string, method: string, headers: Record<string, string>): Promise<Response> {
  const request = new Request('http://lapis.test/v1/crawls', { method, headers })
  return app.fetch(request, { ...env, LAPIS_CORS_ORIGINS: origins }, createExecutionContext())
}

const preflight = (origin: string) => ({
  origin,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
})

describe('LAPIS_CORS_ORIGINS', () => {
  it('lets pages of the named origins call, after a preflight that needs no key', async () => {
    const origins = `https://other.example.test,${OURS}`
    const asked = await ask(origins, 'OPTIONS', preflight(OURS))
    expect(asked.status).toBe(204)
    expect(asked.headers.get('access-control-allow-origin')).toBe(OURS)
    expect(asked.headers.get('access-control-allow-methods')).toContain('POST')
    expect(asked.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('authorization')
    expect(asked.headers.get('x-request-id')).not.toBeNull()
    const answer = await ask(origins, 'GET', { origin: OURS, authorization: `Bearer ${await newOwner()}` })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(OURS)
    expect(answer.headers.get('vary')).toBe('Origin')
    expect(answer.headers.get('access-control-expose-headers')).toContain('Location')
  })

  it('shows them refusals, too', async () => {
    const refused = await ask(OURS, 'GET', { origin: OURS })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, OURS])
  })

  it.each([
    ['another origin', OURS, 'https://evil.example.test'],
    ['another scheme', OURS, 'http://app.example.test'],
    ['another port', OURS, `${OURS}:8443`],
    ['a longer name', OURS, `${OURS}.evil.test`],
    ['a page of no origin', OURS, 'null'],
    ['anybody, where nothing is set', '', OURS],
  ])('is closed to %s', async (_, origins, origin) => {
    const asked = await ask(origins, 'OPTIONS', preflight(origin))
    expect(asked.status).toBe(405)
    expect(asked.headers.get('access-control-allow-origin')).toBeNull()
    expect((await ask(origins, 'GET', { origin })).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('opens to all with "*"; never with cookies', async () => {
    for (const origins of ['*', OURS]) {
      const asked = await ask(origins, 'OPTIONS', preflight(OURS))
      expect(asked.headers.get('access-control-allow-origin')).toBe(origins)
      expect(asked.headers.get('access-control-allow-credentials')).toBeNull()
    }
  })
})
