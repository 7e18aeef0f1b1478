import { describe, expect, it } from 'vitest'
import { unreadableCoding } from '../../../../src/domain/fetch/content-coding.ts'

describe('unreadableCoding', () => {
  it.each<[string | null, string | undefined]>([
    [null, undefined],
    ['', undefined],
    ['gzip', undefined],
    ['br', undefined],
    ['identity', undefined],
    // Servers that take Content-Encoding for the charset.
    ['utf-8', undefined],
    ['none', undefined],
    ['identity, gzip', undefined],
    ['zstd', 'zstd'],
    ['Deflate', 'deflate'],
    ['gzip, gzip', 'gzip, gzip'],
    ['br,gzip', 'br, gzip'],
  ])('%s: %s', (header, coding) => {
    expect(unreadableCoding(header)).toBe(coding)
  })
})
