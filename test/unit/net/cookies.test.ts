import { describe, expect, it } from 'vitest'
import { Cookies, withCookies } from '../../../src/net/cookies.ts'

function jar(lines: string[], url: string): Cookies {
  const cookies = new Cookies()
  cookies.take(lines, url)
  return cookies
}

describe('Cookies (RFC 6265)', () => {
  it.each([
    ['the host that set it', 's=1', 'https://a.example.com/', 'https://a.example.com/x', 's=1'],
    ['no other host', 's=1', 'https://a.example.com/', 'https://b.example.com/', ''],
    ['all hosts of its Domain', 's=1; Domain=example.com', 'https://a.example.com/', 'https://b.example.com/', 's=1'],
    ['nobody below a public suffix', 's=1; Domain=github.io', 'https://a.github.io/', 'https://b.github.io/', ''],
    [
      'nobody for a Domain of somebody else',
      's=1; Domain=evil.example',
      'https://a.example.com/',
      'https://evil.example/',
      '',
    ],
    ['its Path and below', 's=1; Path=/docs', 'https://example.com/docs/', 'https://example.com/docs/a', 's=1'],
    ['no other path', 's=1; Path=/docs', 'https://example.com/docs/', 'https://example.com/blog', ''],
    ['HTTPS only, when Secure', 's=1; Secure', 'https://example.com/', 'http://example.com/', ''],
    ['nobody once expired', 's=1; Max-Age=0', 'https://example.com/', 'https://example.com/', ''],
    ['any port: cookies know none', 's=1', 'http://127.0.0.1:8080/', 'http://127.0.0.1:9090/', 's=1'],
  ])('are sent to %s', (_, line, from, to, expected) => {
    expect(jar([line], from).headerFor(to)).toBe(expected)
  })

  it('are kept over a restart, session cookies included', () => {
    const cookies = jar(['s=1; HttpOnly', 't=2; Max-Age=60'], 'https://example.com/')
    expect(new Cookies(cookies.kept()).headerFor('https://example.com/')).toBe('s=1; t=2')
  })

  it('take no harm from what is no cookie', () => {
    expect(jar(['', '=', ';;;', '\u0000', 'a=1'], 'https://example.com/').headerFor('https://example.com/')).toContain(
      'a=1',
    )
  })
})

describe('withCookies', () => {
  it('puts them after the cookies that the caller gave', () => {
    expect(withCookies({ Cookie: 'own=1' }, 's=1')).toEqual({ Cookie: 'own=1; s=1' })
    expect(withCookies({}, 's=1')).toEqual({ cookie: 's=1' })
    expect(withCookies({ accept: '*/*' }, '')).toEqual({ accept: '*/*' })
  })
})
