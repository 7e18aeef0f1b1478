import { describe, expect, it } from 'vitest'
import { registrableDomain } from '../../../../src/domain/url/registrable-domain.ts'

describe('registrableDomain', () => {
  it.each([
    ['https://example.com/', 'example.com'],
    ['https://www.docs.example.com/a?b', 'example.com'],
    ['https://www.example.co.uk/', 'example.co.uk'],
    ['https://user.github.io/project/', 'user.github.io'],
    ['https://a.user.github.io/', 'user.github.io'],
    ['https://github.io/', 'github.io'],
    ['https://co.uk/', 'co.uk'],
    ['https://www.city.kawasaki.jp/', 'city.kawasaki.jp'],
    ['https://xn--bcher-kva.example.com/', 'example.com'],
    ['https://example.com./', 'example.com'],
    ['https://example.com:8443/', 'example.com'],
    ['https://user:secret@www.example.com/', 'example.com'],
    ['HTTPS://WWW.Example.COM/', 'example.com'],
    ['http://localhost:3000/', 'localhost'],
    ['http://app.localhost/', 'app.localhost'],
    ['http://intranet/', 'intranet'],
    ['http://127.0.0.1:8080/', '127.0.0.1'],
    ['http://127.0.0.2/', '127.0.0.2'],
    ['http://0x7f000001/', '127.0.0.1'],
    ['http://[2001:db8::1]:8080/', '2001:db8::1'],
    ['http://[::1]', '::1'],
  ])('%s belongs to %s', (url, domain) => {
    expect(registrableDomain(url)).toBe(domain)
  })

  it('answers the same after more hosts than it remembers', () => {
    for (let n = 0; n < 25_000; n++) registrableDomain(`https://host-${n}.example/`)
    expect(registrableDomain('https://host-7.example/')).toBe('host-7.example')
  })
})
