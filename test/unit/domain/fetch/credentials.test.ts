import { describe, expect, it } from 'vitest'
import { credentialHeaders, isSecretHeader, withoutSecrets } from '../../../../src/domain/fetch/credentials.ts'

const none = { headers: {}, cookies: [] }

describe('credentialHeaders', () => {
  it('writes Basic credentials as RFC 7617 §2 does', () => {
    const auth = { type: 'basic' as const, username: 'Aladdin', password: 'open sesame' }
    expect(credentialHeaders({ ...none, auth })).toEqual({ authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==' })
  })

  it('encodes Basic credentials in UTF-8, as the example of RFC 7617 §2.1', () => {
    const auth = { type: 'basic' as const, username: 'test', password: '123£' }
    expect(credentialHeaders({ ...none, auth })).toEqual({ authorization: 'Basic dGVzdDoxMjPCow==' })
  })

  it('sends all cookies in one header (RFC 6265 §5.4), after those of a header written by hand', () => {
    const cookies = [
      { name: 'session', value: 'a b' },
      { name: 'theme', value: '' },
    ]
    expect(credentialHeaders({ headers: { Cookie: 'own=1' }, cookies })).toEqual({
      Cookie: 'own=1; session=a b; theme=',
    })
  })

  it('lets an Authorization header written by hand win', () => {
    const auth = { type: 'basic' as const, username: 'u', password: 'p' }
    const headers = { AUTHORIZATION: 'Bearer x' }
    expect(credentialHeaders({ headers, cookies: [], auth })).toEqual(headers)
  })
})

describe('withoutSecrets', () => {
  it('keeps names and drops values', () => {
    const shown = withoutSecrets({
      headers: { Authorization: 'Bearer hush', 'X-Api-Key': 'hush', 'Accept-Language': 'de' },
      cookies: [{ name: 'session', value: 'hush' }],
      auth: { type: 'basic', username: 'ann', password: 'hush' },
    })
    expect(JSON.stringify(shown)).not.toContain('hush')
    expect(shown.headers['Accept-Language']).toBe('de')
    expect(shown.cookies).toEqual([{ name: 'session', value: '[redacted]' }])
    expect(shown.auth).toMatchObject({ username: 'ann' })
  })
})

it.each(['Authorization', 'proxy-authorization', 'Cookie', 'X-Auth-Token', 'x-api-key', 'X-CSRF-Token'])(
  '%s is a secret',
  (name) => {
    expect(isSecretHeader(name)).toBe(true)
  },
)

it.each(['Accept', 'User-Agent', 'Referer', 'X-Requested-With'])('%s is none', (name) => {
  expect(isSecretHeader(name)).toBe(false)
})
