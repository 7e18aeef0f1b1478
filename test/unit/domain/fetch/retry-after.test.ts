import { describe, expect, it } from 'vitest'
import { MAX_RETRY_AFTER_MS, retryAfterMs } from '../../../../src/domain/fetch/retry-after.ts'

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0)

describe('retryAfterMs (RFC 9110 §10.2.3)', () => {
  it.each([
    ['120', 120_000],
    [' 5 ', 5_000],
    ['0', 0],
    ['1.5', 1_500],
    ['-5', 0],
    ['3600', 3_600_000],
    ['3601', MAX_RETRY_AFTER_MS],
    ['99999999999999999999', MAX_RETRY_AFTER_MS],
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 11:59:00 GMT', 0],
    ['Wed, 25 Nov 2026 12:00:00 GMT', MAX_RETRY_AFTER_MS],
    // The two obsolete forms that recipients must read (RFC 9110 §5.6.7).
    ['Tuesday, 24-Nov-26 12:00:30 GMT', 30_000],
    ['Tue Nov 24 12:00:30 2026', 30_000],
    ['Sun Nov  1 12:00:30 2026', 0],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['Tuesday, 24-Nov-76 12:00:30 GMT', MAX_RETRY_AFTER_MS],
    ['Tuesday, 24-Nov-77 12:00:30 GMT', 0],
  ])('%j waits %i ms', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected)
  })

  it.each([
    null,
    '',
    'soon',
    '5 minutes',
    '2026-11-24',
    'Tue, 24 Foo 2026 12:00:30 GMT',
    'Tue, 24 Nov 2026 25:00:00 GMT',
    '1e3',
    'NaN',
  ])('%j says nothing', (header) => {
    expect(retryAfterMs(header, NOW)).toBeUndefined()
  })
})
