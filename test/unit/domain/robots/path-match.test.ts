import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches } from '../../../../src/domain/robots/path-match.ts'

/** The definition by trial of every split: right by inspection, exponential in time. */
function matchesByTrial(pattern: string, path: string): boolean {
  if (pattern === '') return true
  if (pattern === '$') return path === ''
  if (pattern.startsWith('*'))
    return Array.from(path, (_, at) => at)
      .concat(path.length)
      .some((at) => matchesByTrial(pattern.slice(1), path.slice(at)))
  return pattern[0] === path[0] && matchesByTrial(pattern.slice(1), path.slice(1))
}

describe('matches', () => {
  it('agrees with trying every split', () => {
    const pattern = fc.array(fc.constantFrom('a', 'b', '/', '*'), { maxLength: 8 }).map((parts) => `/${parts.join('')}`)
    const path = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 10 }).map((parts) => `/${parts.join('')}`)
    fc.assert(
      fc.property(pattern, fc.constantFrom('', '$'), path, (start, end, text) => {
        expect(matches(start + end, text)).toBe(matchesByTrial(start + end, text))
      }),
      { numRuns: 5_000 },
    )
  })

  it.each([
    ['/*/*/*', '/a/b/c', true],
    ['*', '/', true],
    ['*$', '/a', true],
    ['/a$', '/a', true],
    ['/a$', '/ab', false],
    ['/ab*b$', '/ab', false],
    ['/*b*b$', '/ab', false],
    ['/*.php$', '/a.php.php', true],
    ['*****************/****.js', '/x/y.js', true],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected)
  })

  it('takes time that grows with the path alone, whatever the stars', () => {
    const evil = `/${'*a'.repeat(2_000)}b$`
    const path = `/${'a'.repeat(16_000)}`
    const started = performance.now()
    expect(matches(evil, path)).toBe(false)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
