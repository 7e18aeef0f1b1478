import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { query } from './query.ts'
import { PASSWORD, newPerson, post, refusal } from './sign-in.ts'

interface InBrowser {
  cookie: string
  csrfToken: string
}

async function inBrowser(email: string): Promise<InBrowser> {
  const response = await post('/v1/auth/session', { email, password: PASSWORD })
  expect(response.status).toBe(200)
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
  const { csrfToken } = await response.json<{ csrfToken: string }>()
  return { cookie, csrfToken }
}

function call(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Response> {
  return exports.default.fetch(`http://lapis.test${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

describe('POST /v1/auth/session', () => {
  it('sets a cookie that scripts and other sites do not get, and answers with a CSRF token', async () => {
    const { user } = await newPerson()
    const response = await post('/v1/auth/session', { email: user.email, password: PASSWORD })
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^lapis_session=[\w-]{43};/)
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; SameSite=Lax/)
    expect(cookie).toMatch(/; Path=\//)
    expect(cookie).not.toMatch(/Secure/)
    const answer = await response.json()
    expect(answer).toMatchObject({ user, csrfToken: expect.any(String) })
    expect(JSON.stringify(answer)).not.toContain(/=([\w-]+)/.exec(cookie)?.[1])
  })

  it('sets a Secure one, bound to the host, on HTTPS', async () => {
    const { user } = await newPerson()
    const response = await exports.default.fetch('https://lapis.test/v1/auth/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: user.email, password: PASSWORD }),
    })
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-lapis_session=/)
    expect(cookie).toMatch(/; Secure/)
    const [pair = ''] = cookie.split(';')
    const me = await exports.default.fetch('https://lapis.test/v1/me', { headers: { cookie: pair } })
    expect(me.status).toBe(200)
  })

  it('refuses a wrong password', async () => {
    const { user } = await newPerson()
    const response = await post('/v1/auth/session', { email: user.email, password: 'another kettle 9' })
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(await refusal(response)).toEqual([401, 'invalid_credentials'])
  })
})

describe('a call by cookie', () => {
  it('reads without, and changes only with the CSRF token of its own session', async () => {
    const { user } = await newPerson()
    const { cookie, csrfToken } = await inBrowser(user.email)
    const other = await inBrowser(user.email)
    expect((await call('GET', '/v1/me', { cookie })).status).toBe(200)
    for (const token of [undefined, '', 'x', other.csrfToken]) {
      const headers = { cookie, ...(token === undefined ? {} : { 'x-csrf-token': token }) }
      expect(await refusal(await call('PATCH', '/v1/me', headers, { name: 'Eve' }))).toEqual([403, 'csrf'])
    }
    const changed = await call('PATCH', '/v1/me', { cookie, 'x-csrf-token': csrfToken }, { name: 'Ada' })
    expect(await changed.json()).toMatchObject({ user: { name: 'Ada' } })
  })

  it('is told the CSRF token again', async () => {
    const { user } = await newPerson()
    const { cookie, csrfToken } = await inBrowser(user.email)
    expect(await (await call('GET', '/v1/auth/session', { cookie })).json()).toEqual({ csrfToken })
  })

  it('gives way to a key or token that is sent on purpose', async () => {
    const { user, accessToken } = await newPerson()
    const { cookie } = await inBrowser(user.email)
    const headers = { cookie, authorization: `Bearer ${accessToken}` }
    expect((await call('PATCH', '/v1/me', headers, { name: 'Ada' })).status).toBe(200)
    expect((await call('GET', '/v1/me', { cookie, authorization: 'Bearer lps_0' })).status).toBe(401)
  })

  it('opens no WebSocket for pages of others', async () => {
    const { user } = await newPerson()
    const { cookie, csrfToken } = await inBrowser(user.email)
    const crawl = await call(
      'POST',
      '/v1/crawls',
      { cookie, 'x-csrf-token': csrfToken },
      { url: 'http://127.0.0.1:9/' },
    )
    const { id } = await crawl.json<{ id: string }>()
    const handshake = { cookie, upgrade: 'websocket', connection: 'upgrade' }
    for (const origin of ['http://evil.test', 'http://lapis.test:81', 'null']) {
      const refused = await call('GET', `/v1/crawls/${id}/events`, { ...handshake, origin })
      expect(await refusal(refused)).toEqual([403, 'csrf'])
    }
    const opened = await call('GET', `/v1/crawls/${id}/events`, { ...handshake, origin: 'http://lapis.test' })
    expect(opened.status).toBe(101)
    opened.webSocket?.accept()
    opened.webSocket?.close()
  })

  it('is over with DELETE /v1/auth/session, and once the session has expired', async () => {
    const { user } = await newPerson()
    const [one, two] = [await inBrowser(user.email), await inBrowser(user.email)]
    const headers = { cookie: one.cookie, 'x-csrf-token': one.csrfToken }
    const closed = await call('DELETE', '/v1/auth/session', headers)
    expect(closed.status).toBe(204)
    expect(closed.headers.get('set-cookie')).toMatch(/^lapis_session=;.*Max-Age=0/)
    expect((await call('GET', '/v1/me', headers)).status).toBe(401)
    await query(
      `UPDATE browser_sessions b SET expires_at = now() FROM refresh_families f
       WHERE f.id = b.family_id AND f.user_id = $1`,
      [user.id],
    )
    expect((await call('GET', '/v1/me', { cookie: two.cookie })).status).toBe(401)
  })

  it('is not good as a key, and its token is kept nowhere', async () => {
    const { user } = await newPerson()
    const { cookie } = await inBrowser(user.email)
    const token = cookie.split('=')[1] ?? ''
    expect((await call('GET', '/v1/me', { cookie })).status).toBe(200)
    expect((await call('GET', '/v1/me', { authorization: `Bearer ${token}` })).status).toBe(401)
    const rows = await query(`SELECT encode(token_sha256, 'escape') AS kept FROM browser_sessions`)
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})
