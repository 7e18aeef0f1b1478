import { describe, expect, it } from 'vitest'
import { trap } from '../../../../src/domain/url/trap.ts'

function kindOf(pathAndQuery: string): string {
  const verdict = trap(`https://example.com${pathAndQuery}`)
  return verdict.trapped ? verdict.kind : 'none'
}

describe('trap', () => {
  it.each([
    '/',
    '/docs/reference/generated/api/v1/namespaces/core/types/pod/spec/containers/env/value-from/secret-key-ref/name.html',
    '/2024/05/17/a-post',
    '/blog/2024/05/',
    '/archive/1790/05/01',
    '/events/2200',
    '/events/2026/05/',
    '/calendar/2026-05',
    '/list?start=2200',
    '/list?from=9000&to=9020',
    '/?date=1890-05-01',
    '/?year=2026&month=5',
    '/a/a',
    '/a/b/a/b',
    '/en/docs/en/docs/x',
    '/tiles/0/0/0.png',
    '/tiles/1/1/1/1',
    '/shop?color=red&color=blue&color=green',
    '/shop?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10',
    '/?empty&empty',
  ])('%s is none', (path) => {
    expect(kindOf(path)).toBe('none')
  })

  it.each([
    ['/a/b/a/b/a/b', 'repeated_segments'],
    ['/x/a/b/a/b/a/b/y', 'repeated_segments'],
    ['/img/img/img/logo.png', 'repeated_segments'],
    ['/a/b/c/d/e/f/a/b/c/d/e/f/a/b/c/d/e/f', 'repeated_segments'],
    ['/a//b/a//b/a//b', 'repeated_segments'],
    [`/${Array.from({ length: 26 }, (_, n) => `s${n}`).join('/')}`, 'too_deep_path'],
    [`/?q=${'a'.repeat(2_000)}`, 'too_long'],
    [`/?${Array.from({ length: 21 }, (_, n) => `p${n}=${n}`).join('&')}`, 'too_many_parameters'],
    ['/?next=1&x=2&next=1&next=1', 'too_many_parameters'],
    ['/calendar/2101/05', 'calendar'],
    ['/events/month/9999-12', 'calendar'],
    ['/?month=2101-01', 'calendar'],
    ['/?tribe-bar-date=0999-01-01', 'calendar'],
    ['/?year=2600&month=5', 'calendar'],
  ])('%s: %s', (path, kind) => {
    expect(kindOf(path)).toBe(kind)
  })
})
