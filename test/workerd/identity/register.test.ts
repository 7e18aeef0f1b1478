import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { register } from '../../../src/flows/identity/sign-in.ts'
import { platformOf } from '../../../workers/platform.ts'
import { readConfig } from '../../../workers/config.ts'
import { query } from './query.ts'
import { PASSWORD, authorized, newAddress, newEmail, newPerson, post, refusal } from './sign-in.ts'

describe('POST /v1/auth/register', () => {
  it('gives a person a workspace of their own, and tokens that open it', async () => {
    const ada = await newPerson()
    expect(ada.workspace.role).toBe('owner')
    expect(ada.expiresIn).toBe(900)
    expect((await authorized(ada.accessToken, '/v1/crawls')).status).toBe(200)
    expect(await (await authorized(ada.accessToken, '/v1/me')).json()).toEqual({
      user: ada.user,
      emailVerified: false,
      workspaces: [ada.workspace],
    })
  })

  it('makes one account of 50 simultaneous registrations of an e-mail', async () => {
    const email = newEmail()
    const address = newAddress()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        post('/v1/auth/register', { email: i % 2 ? email : ` ${email.toUpperCase()} `, password: PASSWORD }, address),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, ...Array(49).fill(409)])
    expect(await query('SELECT count(*)::int FROM users WHERE email = $1', [email])).toEqual([{ count: 1 }])
    const places = 'SELECT count(*)::int FROM workspaces WHERE name = $1'
    expect(await query(places, [`${email.split('@')[0]}'s workspace`])).toEqual([{ count: 1 }])
  }, 60_000)

  it.each([
    ['short', 'nine char'],
    ['a leaked one', 'Password123!'],
    ['a row of digits', '1234567890'],
    ['one letter', 'aaaaaaaaaaaa'],
  ])('refuses a password that is %s', async (_, password) => {
    const response = await post('/v1/auth/register', { email: newEmail(), password })
    expect(await refusal(response)).toEqual([400, 'weak_password'])
  })

  it('refuses the e-mail as password, and what is no e-mail', async () => {
    const email = newEmail()
    expect(await refusal(await post('/v1/auth/register', { email, password: email }))).toEqual([400, 'weak_password'])
    const answer = await post('/v1/auth/register', { email: 'ada', password: PASSWORD })
    expect(await refusal(answer)).toEqual([400, 'validation_failed'])
  })

  it('takes no new accounts where LAPIS_REGISTRATION is closed', async () => {
    const closed = { ...env, LAPIS_REGISTRATION: 'closed' }
    const from = { address: newAddress(), network: newAddress(), userAgent: null }
    const wanted = { email: newEmail(), password: PASSWORD }
    const refused = register(platformOf(closed, readConfig(closed)), wanted, from)
    await expect(refused).rejects.toMatchObject({ status: 403, code: 'registration_closed' })
  })

  it('keeps neither the password nor a token', async () => {
    const ada = await newPerson()
    const rows = JSON.stringify([
      await query('SELECT password_hash FROM users WHERE id = $1', [ada.user.id]),
      await query(
        `SELECT encode(token_sha256, 'escape') FROM refresh_tokens t
         JOIN refresh_families f ON f.id = t.family_id WHERE f.user_id = $1`,
        [ada.user.id],
      ),
    ])
    expect(rows).toContain('scrypt$16384$8$5$')
    expect(rows).not.toContain(PASSWORD)
    expect(rows).not.toContain(ada.refreshToken)
  })
})

describe('access tokens', () => {
  it('are refused when anything in them was changed', async () => {
    const { accessToken } = await newPerson()
    const [header = '', claims = '', signature = ''] = accessToken.split('.')
    const none = btoa('{"alg":"none","typ":"at+jwt"}').replaceAll('=', '')
    const forged = [
      [header, claims, signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))],
      [header, claims.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), signature],
      [none, claims, ''],
      [none, claims, signature],
    ]
    for (const parts of forged) {
      expect(await refusal(await authorized(parts.join('.'), '/v1/crawls'))).toEqual([401, 'unauthorized'])
    }
  })

  it.each([
    ['viewer', 'GET', '/v1/crawls', 200],
    ['viewer', 'POST', '/v1/crawls', 403],
    ['viewer', 'POST', '/v1/scrape', 403],
    ['member', 'POST', '/v1/crawls', 400],
    ['member', 'GET', '/v1/keys', 403],
    ['admin', 'GET', '/v1/keys', 200],
  ])('of a %s: %s %s is answered %i', async (role, method, path, status) => {
    const { user, accessToken } = await newPerson()
    await query('UPDATE memberships SET role = $2 WHERE user_id = $1', [user.id, role])
    const response = await authorized(accessToken, path, method, method === 'POST' ? {} : undefined)
    expect(response.status).toBe(status)
  })
})

describe('/v1/me', () => {
  it('changes the name of who is signed in', async () => {
    const { accessToken } = await newPerson()
    const response = await authorized(accessToken, '/v1/me', 'PATCH', { name: ' Ada ' })
    expect(await response.json()).toMatchObject({ user: { name: 'Ada' } })
    const wrong = await authorized(accessToken, '/v1/me', 'PATCH', { email: 'other@example.test' })
    expect(await refusal(wrong)).toEqual([400, 'validation_failed'])
  })

  it('is for people', async () => {
    expect((await exports.default.fetch('http://lapis.test/v1/me')).status).toBe(401)
    const { accessToken } = await newPerson()
    const made = await authorized(accessToken, '/v1/keys', 'POST', { name: 'Key' })
    const { key } = await made.json<{ key: string }>()
    expect(await refusal(await authorized(key, '/v1/me'))).toEqual([403, 'person_needed'])
  })
})
