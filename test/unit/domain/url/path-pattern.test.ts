import { describe, expect, it } from 'vitest'
import { compilePattern, validatePattern } from '../../../../src/domain/url/path-pattern.ts'

describe('validatePattern', () => {
  it.each([
    '^/blog/',
    '\\.pdf$',
    '/(?:de|en)/',
    '(?i)/BLOG',
    '\\d{4}/\\d{2}',
    '/\\p{L}+',
    '(?<year>\\d+)',
    '[^/]+',
    '.*',
    '(a+)+$',
  ])('takes %s', (source) => {
    expect(validatePattern(source)).toEqual({ ok: true })
  })

  it.each([
    ['(', 'Not a regular expression'],
    ['[a', 'Not a regular expression'],
    ['*', 'Not a regular expression'],
    ['a{2000}', 'Not a regular expression'],
    ['^/(?!blog)', 'Look-around is not supported'],
    ['(?<=/)x', 'Look-around is not supported'],
    ['(a)\\1', 'Back-references are not supported'],
    ['a'.repeat(1_001), 'at most 1000'],
    ['a{1000}'.repeat(10), 'too complex'],
  ])('refuses %s: %s', (source, detail) => {
    const verdict = validatePattern(source)
    expect(verdict.ok ? '' : verdict.detail).toContain(detail)
  })
})

describe('compilePattern', () => {
  it('finds a pattern anywhere, in the case that it is written in', () => {
    expect(compilePattern('blog')('/en/blog/a')).toBe(true)
    expect(compilePattern('Blog')('/en/blog/a')).toBe(false)
  })

  it.each([
    ['/café/', '/caf%C3%A9/x', true],
    ['/caf%C3%A9/', '/caf%C3%A9/x', true],
    ['/caf\\u00e9/', '/caf%C3%A9/x', true],
    ['^/\\p{Greek}+$', '/%CE%B1%CE%B2', true],
    ['a/b', '/a%2Fb', false],
    ['100%', '/100%/%FF', true],
    ['\\/blog\\/[^]', '/blog/x', true],
  ])('%s on %s: %s', (source, path, expected) => {
    expect(compilePattern(source)(path)).toBe(expected)
  })

  // Patterns that take a backtracking engine longer than the universe has (CWE-1333).
  it.each(['(a+)+$', '(a|aa)+$', '(.*a){25}b', '(a*)*b', '^(([a-z])+.)+[A-Z]([a-z])+$', '(?:x?){100}x{100}'])(
    'matches %s against a long path in bounded time',
    (source) => {
      expect(validatePattern(source)).toEqual({ ok: true })
      const matches = compilePattern(source)
      const started = performance.now()
      expect(matches(`/${'a'.repeat(1_900)}!`)).toBe(false)
      expect(performance.now() - started).toBeLessThan(500)
    },
  )
})
