import { describe, expect, it } from 'vitest'
import { conditionalHeaders, freshened, validatorsOf } from '../../../../src/domain/fetch/conditional.ts'

const DATE = 'Tue, 24 Nov 2026 10:00:00 GMT'

describe('validators (RFC 9110 §8.8)', () => {
  const cases: [string, [string, string][], object][] = [
    [
      'both',
      [
        ['ETag', 'W/"a b"'],
        ['Last-Modified', DATE],
      ],
      { etag: 'W/"a b"', lastModified: DATE },
    ],
    ['neither', [['Date', DATE]], { etag: null, lastModified: null }],
    ['one that would not come back as it was', [['etag', '"é"']], { etag: null, lastModified: null }],
    ['an empty one', [['etag', '']], { etag: null, lastModified: null }],
    ['one too long to keep', [['etag', `"${'a'.repeat(1_000)}"`]], { etag: null, lastModified: null }],
  ]
  it.each(cases)('are kept as received: %s', (_name, headers, validators) => {
    expect(validatorsOf(headers)).toEqual(validators)
  })

  it('are all asked with (§13.1.3)', () => {
    expect(conditionalHeaders({ etag: '"1"', lastModified: DATE })).toEqual({
      'if-none-match': '"1"',
      'if-modified-since': DATE,
    })
    expect(conditionalHeaders({ etag: null, lastModified: null })).toEqual({})
  })
})

it('a 304 renews the headers that it names, and none that tell of the body (RFC 9111 §3.2)', () => {
  const stored: [string, string][] = [
    ['content-type', 'text/html'],
    ['content-length', '9'],
    ['etag', '"1"'],
    ['x-robots-tag', 'all'],
  ]
  const received: [string, string][] = [
    ['ETag', '"2"'],
    ['Content-Type', 'text/plain'],
    ['Content-Length', '0'],
  ]
  expect(freshened(stored, received)).toEqual([
    ['content-type', 'text/html'],
    ['content-length', '9'],
    ['x-robots-tag', 'all'],
    ['ETag', '"2"'],
  ])
})
