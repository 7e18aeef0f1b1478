import { describe, expect, it } from 'vitest'
import { redirectTarget } from '../../../../src/domain/fetch/redirect.ts'

const FROM = 'https://example.com/a/b?c#frag'

describe('redirectTarget', () => {
  it.each([301, 302, 303, 307, 308])('follows %i', (status) => {
    expect(redirectTarget(status, '/x#y', FROM)).toEqual({ ok: true, url: 'https://example.com/x#y' })
  })

  it.each([200, 300, 304, 305, 306, 404])('does not follow %i', (status) => {
    expect(redirectTarget(status, '/x', FROM)).toEqual({ ok: false, reason: 'not_a_redirect' })
  })

  it.each([
    ['relative', 'x', 'https://example.com/a/x#frag'],
    ['query only', '?d', 'https://example.com/a/b?d#frag'],
    ['another host', '//other.example/x', 'https://other.example/x#frag'],
    ['absolute', 'http://other.example', 'http://other.example/#frag'],
    // RFC 9110 §10.2.2.
    ['with a fragment of its own', '/x#own', 'https://example.com/x#own'],
    ['with an empty fragment', '/x#', 'https://example.com/x#'],
    ['white space around', ' \t/x ', 'https://example.com/x#frag'],
    ['the same Location twice', '/x, /x', 'https://example.com/x#frag'],
    ['a comma and a space inside', '/x, y', 'https://example.com/x,%20y#frag'],
    ['a space inside', '/a b', 'https://example.com/a%20b#frag'],
    ['UTF-8', '/é', 'https://example.com/%C3%A9#frag'],
    ['UTF-8, each byte one character', '/Ã©/Ã¼', 'https://example.com/%C3%A9/%C3%BC#frag'],
    ['Latin-1 characters that are no UTF-8 bytes', '/cafés', 'https://example.com/caf%C3%A9s#frag'],
    ['characters beyond Latin-1', '/ツé', 'https://example.com/%E3%83%84%C3%A9#frag'],
    ['escapes as they are', '/%c3%a9', 'https://example.com/%c3%a9#frag'],
  ])('%s', (_, location, url) => {
    expect(redirectTarget(302, location, FROM)).toEqual({ ok: true, url })
  })

  it.each([
    [null, 'missing_location'],
    // Two Location headers, as the Fetch standard joins them.
    ['/x, /y', 'several_locations'],
    ['https://a.example/, https://b.example/', 'several_locations'],
    ['', 'missing_location'],
    ['  ', 'missing_location'],
    ['http://', 'invalid_location'],
    ['http://exa mple.com/', 'invalid_location'],
    ['https://example.com:99999/', 'invalid_location'],
    ['javascript:alert(1)', 'unsupported_scheme'],
    ['ftp://example.com/', 'unsupported_scheme'],
    ['file:///etc/passwd', 'unsupported_scheme'],
    ['data:text/html,x', 'unsupported_scheme'],
  ])('%j: %s', (location, reason) => {
    expect(redirectTarget(301, location, FROM)).toEqual({ ok: false, reason })
  })
})
