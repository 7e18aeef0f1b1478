import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalUrl } from '../../../../src/domain/url/canonical-url.ts'

function canonical(href: string, base?: string): string {
  const verdict = canonicalUrl(href, base)
  return verdict.ok ? verdict.url : verdict.reason
}

describe('canonicalUrl', () => {
  it.each([
    ['scheme and host in lower case', 'HTTPS://Example.COM/Path', 'https://example.com/Path'],
    ['a path where there is none', 'http://example.com', 'http://example.com/'],
    ['no default port (http)', 'http://example.com:80/a', 'http://example.com/a'],
    ['no default port (https)', 'https://example.com:443/a', 'https://example.com/a'],
    ['other ports kept', 'https://example.com:80/a', 'https://example.com:80/a'],
    ['no fragment', 'https://example.com/a#b', 'https://example.com/a'],
    ['no empty fragment', 'https://example.com/a#', 'https://example.com/a'],
    ['no empty query', 'https://example.com/a?', 'https://example.com/a'],
    ['no userinfo', 'https://user:secret@example.com/a', 'https://example.com/a'],
    ['dot segments resolved', 'https://example.com/a/./b/../c', 'https://example.com/a/c'],
    ['escaped dot segments resolved (WHATWG)', 'https://example.com/a/%2E%2e/c', 'https://example.com/c'],
    ['IDN as punycode', 'https://BÜCHER.example/', 'https://xn--bcher-kva.example/'],
    ['no trailing dot of the host', 'https://example.com./a', 'https://example.com/a'],
    ['escapes in upper case (RFC 3986 §6.2.2.1)', 'https://example.com/%c3%a9', 'https://example.com/%C3%A9'],
    [
      'unreserved characters decoded (RFC 3986 §6.2.2.2)',
      'https://example.com/%7Euser/%41',
      'https://example.com/~user/A',
    ],
    ['reserved characters stay escaped', 'https://example.com/a%2Fb?c=%26', 'https://example.com/a%2Fb?c=%26'],
    ['non-ASCII escaped', 'https://example.com/é?q=ü', 'https://example.com/%C3%A9?q=%C3%BC'],
    ['text beside a stray percent sign left alone', 'https://example.com/100%/%%341', 'https://example.com/100%/%%341'],
    ['backslashes as slashes (WHATWG)', 'https:\\\\example.com\\a', 'https://example.com/a'],
    ['white space around and line breaks inside dropped', '  https://example.com/a\n/b ', 'https://example.com/a/b'],
    ['decimal address', 'http://2130706433/', 'http://127.0.0.1/'],
    ['hexadecimal address with dots behind it', 'http://0x7f.1../', 'http://127.0.0.1/'],
    ['IPv6 compressed', 'http://[2001:DB8:0:0::1]/', 'http://[2001:db8::1]/'],
    ['the order of the query kept', 'https://example.com/?b=2&a=1', 'https://example.com/?b=2&a=1'],
    ['repeated slashes kept', 'https://example.com//a//b', 'https://example.com//a//b'],
  ])('%s', (_, href, expected) => {
    expect(canonical(href)).toBe(expected)
  })

  it.each([
    ['https://example.com/?utm_source=x&utm_medium=y', 'https://example.com/'],
    ['https://example.com/?a=1&gclid=abc&b=2', 'https://example.com/?a=1&b=2'],
    [
      'https://example.com/?fbclid=1&msclkid=2&dclid=3&yclid=4&mc_cid=5&mc_eid=6&_ga=7&igshid=8',
      'https://example.com/',
    ],
    ['https://example.com/?UTM_Source=x&q=1', 'https://example.com/?q=1'],
    ['https://example.com/?%75tm_source=x', 'https://example.com/'],
    ['https://example.com/?gclid', 'https://example.com/'],
    ['https://example.com/?q=utm_source', 'https://example.com/?q=utm_source'],
    ['https://example.com/?my_gclid=1', 'https://example.com/?my_gclid=1'],
    ['https://example.com/?PHPSESSID=0123456789abcdef', 'https://example.com/'],
    ['https://example.com/?ASPSESSIONIDQQBBCC=ABCDEFGH&p=1', 'https://example.com/?p=1'],
    ['https://example.com/a;jsessionid=1A2B3C.node1?b=1', 'https://example.com/a?b=1'],
    ['https://example.com/a;jsessionid=1A2B/b', 'https://example.com/a/b'],
    ['https://example.com/a/..;jsessionid=1A2B', 'https://example.com/'],
    ['https://example.com/%/%2e;sid=1', 'https://example.com/%/'],
    ['https://example.com/%41;jsessionid=1%', 'https://example.com/A'],
    ['https://example.com/?%61=%41&gclid=50%', 'https://example.com/?a=A'],
    ['https://example.com/?sid=0123456789abcdef0123456789abcdef', 'https://example.com/'],
    ['https://example.com/?sid=42', 'https://example.com/?sid=42'],
    ['https://example.com/?sessionid=spring-2026', 'https://example.com/?sessionid=spring-2026'],
    ['https://example.com/a;v=1', 'https://example.com/a;v=1'],
  ])('%s has no tracking parameters and session ids as %s', (href, expected) => {
    expect(canonical(href)).toBe(expected)
  })

  it.each([
    ['../c', 'https://example.com/a/b', 'https://example.com/c'],
    ['//other.example/x', 'https://example.com/a/b', 'https://other.example/x'],
    ['?q=1', 'https://example.com/a/b', 'https://example.com/a/b?q=1'],
    ['', 'https://example.com/a/b#c', 'https://example.com/a/b'],
  ])('resolves %j against %s', (href, base, expected) => {
    expect(canonical(href, base)).toBe(expected)
  })

  it.each([
    ['mailto:someone@example.com', 'unsupported_scheme'],
    ['javascript:void(0)', 'unsupported_scheme'],
    ['ftp://example.com/', 'unsupported_scheme'],
    ['data:text/html,x', 'unsupported_scheme'],
    ['/relative', 'invalid_url'],
    ['http://', 'invalid_url'],
    ['http://exa mple.com/', 'invalid_url'],
    ['http://1.2.3.256/', 'invalid_url'],
    ['http://example.com:99999/', 'invalid_url'],
    ['http://.../', 'invalid_url'],
    [`https://example.com/${'a'.repeat(16_400)}`, 'invalid_url'],
  ])('refuses %s: %s', (href, reason) => {
    expect(canonicalUrl(href)).toEqual({ ok: false, reason })
  })

  it('drops the query when parameters are to be ignored', () => {
    expect(canonicalUrl('https://example.com/a?b=1', undefined, { ignoreQueryParameters: true })).toEqual({
      ok: true,
      url: 'https://example.com/a',
    })
  })

  it('sorts the parameters on request', () => {
    expect(canonicalUrl('https://example.com/?b=2&a=1', undefined, { sortQueryParameters: true })).toEqual({
      ok: true,
      url: 'https://example.com/?a=1&b=2',
    })
  })

  it.each(['&utm_', '&sid=', '%', '%4', '%41', ';jsessionid=%41', '/..;sid=1', '../', '.', '@', '#', 'é', '&'])(
    'takes little time for the longest of links: %s over and over',
    (part) => {
      const links = ['/', '/?', ''].map((start) => `https://example.com${start}${part.repeat(16_000 / part.length)}`)
      // The quickest of a few: other work on the machine only ever adds time.
      const times = Array.from({ length: 5 }, () => {
        const started = performance.now()
        for (const link of links) canonicalUrl(link)
        return performance.now() - started
      })
      expect(Math.min(...times)).toBeLessThan(100)
    },
  )

  const piece = fc.constantFrom(
    ...[
      '%',
      '%2',
      '%2e',
      '%2F',
      '%41',
      '%7e',
      '.',
      '..',
      '/',
      '//',
      ';jsessionid=1',
      ';sid=',
      '?',
      '&',
      '=',
      '#',
      '@',
      ':',
      ':80',
    ],
    ...[
      'utm_source=1',
      'sid=0123456789abcdef',
      'xn--',
      'é',
      ' ',
      '\\',
      '+',
      "'",
      '"',
      '|',
      'a',
      'B',
      '0',
      '0x7f',
      '127.0.0.1',
    ],
  )
  const messyUrl = fc
    .tuple(
      fc.constantFrom('http://', 'https://'),
      fc.constantFrom('a.example', 'A.b.example.', '1.2.3', 'é.example', 'x'),
      fc.array(piece),
    )
    .map(([scheme, host, rest]) => scheme + host + rest.join(''))

  it.each([{}, { ignoreQueryParameters: true }, { sortQueryParameters: true }])(
    'maps canonical URLs to themselves (%j)',
    (options) => {
      fc.assert(
        fc.property(
          fc.oneof(messyUrl, fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()),
          (href) => {
            const first = canonicalUrl(href, undefined, options)
            fc.pre(first.ok)
            expect(first.ok && canonicalUrl(first.url, undefined, options)).toEqual(first)
          },
        ),
        { numRuns: 2000 },
      )
    },
  )

  it('agrees with the URL parser about everything that it does not change on purpose', () => {
    fc.assert(
      fc.property(messyUrl, (href) => {
        const verdict = canonicalUrl(href)
        fc.pre(verdict.ok)
        expect(verdict.ok && new URL(verdict.url).href).toBe(verdict.ok && verdict.url)
      }),
      { numRuns: 2000 },
    )
  })
})
