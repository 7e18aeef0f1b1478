import { describe, expect, it } from 'vitest'
import { type CrawlScope, compileScope } from '../../../../src/domain/url/scope.ts'

const SITE: CrawlScope = {
  hosts: ['example.com'],
  startPath: '/',
  entireDomain: true,
  allowSubdomains: false,
  allowExternalLinks: false,
  includePaths: [],
  excludePaths: [],
  maxDepth: null,
}

function verdict(scope: Partial<CrawlScope>, url: string, depth = 1): string {
  const judged = compileScope({ ...SITE, ...scope })(url, depth)
  return judged.admitted ? 'admitted' : judged.reason
}

describe('hosts', () => {
  it.each([
    [{}, 'https://example.com/a', 'admitted'],
    [{}, 'http://example.com/a', 'admitted'],
    [{}, 'https://www.example.com/a', 'scope'],
    [{}, 'https://other.example/a', 'scope'],
    [{}, 'https://example.com.evil.example/', 'scope'],
    [{}, 'https://notexample.com/', 'scope'],
    [{}, 'https://example.com:8443/', 'scope'],
    [{ hosts: ['127.0.0.1:8080'] }, 'http://127.0.0.1:8080/', 'admitted'],
    [{ hosts: ['127.0.0.1:8080'] }, 'http://127.0.0.1:8081/', 'scope'],
    [{ hosts: ['example.com', 'www.example.com'] }, 'https://www.example.com/', 'admitted'],
    [{ allowExternalLinks: true }, 'https://other.example/a', 'admitted'],
  ])('%j and %s: %s', (scope, url, expected) => {
    expect(verdict(scope, url)).toBe(expected)
  })

  it.each([
    ['example.com', 'https://docs.example.com/', 'admitted'],
    ['example.com', 'https://a.b.example.com:8080/', 'admitted'],
    ['example.com', 'https://notexample.com/', 'scope'],
    ['www.example.com', 'https://docs.example.com/', 'admitted'],
    ['www.example.com', 'https://example.com/', 'admitted'],
    ['docs.example.com', 'https://example.com/', 'scope'],
    ['docs.example.com', 'https://shop.example.com/', 'scope'],
    ['www.com', 'https://example.com/', 'scope'],
    ['www.co.uk', 'https://example.co.uk/', 'scope'],
    ['127.0.0.1', 'http://127.0.0.2/', 'scope'],
  ])('with subdomains of %s, %s: %s', (host, url, expected) => {
    expect(verdict({ hosts: [host], allowSubdomains: true }, url)).toBe(expected)
  })
})

describe('the folder of the start path', () => {
  it.each([
    ['/docs/', '/docs/', 'admitted'],
    ['/docs/', '/docs/a/b?c', 'admitted'],
    ['/docs/', '/docs', 'admitted'],
    ['/docs/', '/docs?page=2', 'admitted'],
    ['/docs/', '/docsy/a', 'scope'],
    ['/docs/', '/', 'scope'],
    ['/docs/intro', '/docs/setup', 'admitted'],
    ['/docs/intro.html', '/docs/setup.html', 'admitted'],
    ['/docs/intro', '/blog/', 'scope'],
    ['/docs', '/docs', 'admitted'],
    ['/docs', '/docs/setup', 'admitted'],
    ['/docs', '/blog', 'scope'],
    ['/index.html', '/anything', 'admitted'],
    ['/', '/anything', 'admitted'],
  ])('%s and %s: %s', (startPath, path, expected) => {
    expect(verdict({ startPath, entireDomain: false }, `https://example.com${path}`)).toBe(expected)
  })

  it('says nothing of other hosts that may be visited', () => {
    const scope = { startPath: '/docs/', entireDomain: false, allowExternalLinks: true, allowSubdomains: true }
    expect(verdict(scope, 'https://other.example/')).toBe('admitted')
    expect(verdict(scope, 'https://api.example.com/')).toBe('admitted')
  })

  it('does not count when the entire domain is wanted', () => {
    expect(verdict({ startPath: '/docs/' }, 'https://example.com/blog')).toBe('admitted')
  })
})

describe('depth', () => {
  it.each([
    [2, 2, 'admitted'],
    [2, 3, 'depth'],
    [0, 0, 'admitted'],
    [0, 1, 'depth'],
    [null, 1_000, 'admitted'],
  ])('at most %s, at %i: %s', (maxDepth, depth, expected) => {
    expect(verdict({ maxDepth }, 'https://example.com/a', depth)).toBe(expected)
  })
})

describe('path patterns', () => {
  const blog = { includePaths: ['^/blog/', '\\.pdf$'], excludePaths: ['/draft', '[?&]print=1'] }
  it.each([
    ['/blog/a', 'admitted'],
    ['/files/a.pdf', 'admitted'],
    ['/about', 'not_included'],
    ['/old/blog/', 'not_included'],
    ['/blog/draft', 'excluded'],
    ['/blog/a?b=2&print=1', 'excluded'],
    ['/blog/a?print=10', 'excluded'],
    ['/files/a.pdf?x', 'not_included'],
  ])('%s: %s', (path, expected) => {
    expect(verdict(blog, `https://example.com${path}`)).toBe(expected)
  })

  it('needs no match of the start page, from where the included pages are found', () => {
    expect(verdict(blog, 'https://example.com/', 0)).toBe('admitted')
    expect(verdict(blog, 'https://example.com/draft', 0)).toBe('excluded')
  })

  it('holds on every host', () => {
    expect(verdict({ ...blog, allowExternalLinks: true }, 'https://other.example/about')).toBe('not_included')
  })

  it('names the pattern that left a URL out', () => {
    const judged = compileScope({ ...SITE, ...blog })('https://example.com/blog/draft', 1)
    expect(judged).toEqual({ admitted: false, reason: 'excluded', detail: '/draft' })
  })
})

it('names the trap that a URL belongs to', () => {
  const judged = compileScope(SITE)('https://example.com/a/b/a/b/a/b', 1)
  expect(judged).toEqual({ admitted: false, reason: 'trap', detail: 'repeated_segments' })
})
