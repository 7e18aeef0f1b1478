import { expect, it } from 'vitest'
import type { CrawlBrief } from '../../../../src/domain/crawl/crawl-brief.ts'
import { credentialHosts } from '../../../../src/domain/crawl/credential-hosts.ts'

const brief = (credentials: string[], hosts: string[]): CrawlBrief =>
  ({ credentialHosts: credentials, scope: { hosts } }) as unknown as CrawlBrief

it('follows a redirect of the start URL to another host of the same owner', () => {
  expect(credentialHosts(brief(['example.com'], ['example.com', 'www.example.com']))).toContain('www.example.com')
})

it.each(['example.net', 'example.com.evil.example', 'localhost:9000'])('does not follow one to %s', (host) => {
  expect(credentialHosts(brief(['example.com'], ['example.com', host]))).toEqual(['example.com'])
})

it('keeps apart the customers of one hoster', () => {
  expect(credentialHosts(brief(['ann.github.io'], ['ann.github.io', 'bob.github.io']))).toEqual(['ann.github.io'])
})
