import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import { readAccessToken, signAccessToken } from '../../../../src/flows/identity/access-token.ts'

const SIGN_IN = {
  userId: '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a',
  sessionId: '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3b',
}
const [OLD, NEW] = ['an older secret of 32 characters', 'a newer secret, of 32 characters']
const NOW = new Date('2026-11-24T12:00:00Z')

function after(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1_000)
}

describe('access tokens', () => {
  it('name algorithm, key, issuer, audience and end', async () => {
    const token = await signAccessToken([NEW], SIGN_IN, NOW)
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt', kid: expect.any(String) })
    const { iss, aud, exp, iat } = decodeJwt(token)
    expect([iss, aud, (exp ?? 0) - (iat ?? 0)]).toEqual(['lapis-spider', 'lapis-spider-api', 900])
  })

  it('are good for 15 minutes and the clock skew', async () => {
    const token = await signAccessToken([NEW], SIGN_IN, NOW)
    expect(await readAccessToken([NEW], token, after(904))).toMatchObject(SIGN_IN)
    expect(await readAccessToken([NEW], token, after(905))).toBeUndefined()
  })

  it('of an older secret are read while it is listed, and no longer', async () => {
    const token = await signAccessToken([OLD], SIGN_IN, NOW)
    expect(await readAccessToken([NEW, OLD], token, NOW)).toMatchObject(SIGN_IN)
    expect(await readAccessToken([NEW], token, NOW)).toBeUndefined()
    const next = await signAccessToken([NEW, OLD], SIGN_IN, NOW)
    expect(await readAccessToken([NEW], next, NOW)).toMatchObject(SIGN_IN)
  })

  it('can not be signed without a secret, and none is read', async () => {
    await expect(signAccessToken([], SIGN_IN, NOW)).rejects.toMatchObject({ status: 503, code: 'sign_in_unavailable' })
    expect(await readAccessToken([], await signAccessToken([NEW], SIGN_IN, NOW), NOW)).toBeUndefined()
    expect(await readAccessToken([NEW], 'a.b.c', NOW)).toBeUndefined()
  })
})
