import { describe, expect, it } from 'vitest'
import { query } from './query.ts'
import { type SignedIn, authorized, newPerson, post, refusal } from './sign-in.ts'

function refresh(refreshToken: string): Promise<Response> {
  return post('/v1/auth/refresh', { refreshToken })
}

describe('POST /v1/auth/refresh', () => {
  it('gives a new pair, which works', async () => {
    const first = await newPerson()
    const response = await refresh(first.refreshToken)
    expect(response.status).toBe(200)
    const next = await response.json<SignedIn>()
    expect(next.refreshToken).not.toBe(first.refreshToken)
    expect((await authorized(next.accessToken, '/v1/me')).status).toBe(200)
    expect((await refresh(next.refreshToken)).status).toBe(200)
  })

  it('lets exactly one of 200 simultaneous refreshes with a token through', async () => {
    const { refreshToken, user } = await newPerson()
    const answers = await Promise.all(Array.from({ length: 200 }, () => refresh(refreshToken)))
    const refusals = await Promise.all(answers.filter(({ status }) => status !== 200).map(refusal))
    expect(refusals).toEqual(Array(199).fill([401, 'refresh_reused']))
    const stored = `SELECT count(*)::int FROM refresh_tokens t JOIN refresh_families f ON f.id = t.family_id
      WHERE f.user_id = $1`
    expect(await query(stored, [user.id])).toEqual([{ count: 2 }])
  }, 60_000)

  it('ends the whole sign-in when a token comes twice, its access tokens included', async () => {
    const first = await newPerson()
    const next = await (await refresh(first.refreshToken)).json<SignedIn>()
    expect((await authorized(next.accessToken, '/v1/me')).status).toBe(200)
    expect(await refusal(await refresh(first.refreshToken))).toEqual([401, 'refresh_reused'])
    expect(await refusal(await refresh(next.refreshToken))).toEqual([401, 'invalid_refresh_token'])
    expect(await refusal(await authorized(next.accessToken, '/v1/me'))).toEqual([401, 'unauthorized'])
  })

  it('refuses tokens that are expired or unknown', async () => {
    const { refreshToken, user } = await newPerson()
    await query(
      `UPDATE refresh_tokens t SET expires_at = now() FROM refresh_families f WHERE f.id = t.family_id AND f.user_id = $1`,
      [user.id],
    )
    expect(await refusal(await refresh(refreshToken))).toEqual([401, 'invalid_refresh_token'])
    expect(await refusal(await refresh('lpr_unknown'))).toEqual([401, 'invalid_refresh_token'])
  })
})

describe('POST /v1/auth/logout', () => {
  it('ends the sign-in at once', async () => {
    const { refreshToken, accessToken } = await newPerson()
    expect((await authorized(accessToken, '/v1/me')).status).toBe(200)
    expect((await post('/v1/auth/logout', { refreshToken })).status).toBe(204)
    expect((await post('/v1/auth/logout', { refreshToken })).status).toBe(204)
    expect(await refusal(await refresh(refreshToken))).toEqual([401, 'invalid_refresh_token'])
    expect(await refusal(await authorized(accessToken, '/v1/me'))).toEqual([401, 'unauthorized'])
  })
})
