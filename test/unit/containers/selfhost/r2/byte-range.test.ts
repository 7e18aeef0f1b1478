import { expect, it } from 'vitest'
import { rangeOfHeader, resolveRange } from '../../../../../containers/selfhost/r2/byte-range.ts'

it.each([
  [{ offset: 2 }, { offset: 2, length: 8 }],
  [
    { offset: '2', length: '3' },
    { offset: 2, length: 3 },
  ],
  [{ length: 3 }, { offset: 0, length: 3 }],
  [
    { offset: 8, length: 99 },
    { offset: 8, length: 2 },
  ],
  [{ suffix: 3 }, { offset: 7, length: 3 }],
  [{ suffix: 99 }, { offset: 0, length: 10 }],
  [{ suffix: 0 }, undefined],
  [{ offset: 10 }, undefined],
  [{ offset: 0, length: 0 }, undefined],
])('%o of ten bytes is %o', (range, expected) => expect(resolveRange(range, 10)).toEqual(expected))

// RFC 9110 §14.1.2.
it.each([
  ['bytes=0-4', { offset: '0', length: 5 }],
  ['bytes=5-', { offset: '5' }],
  ['bytes=-3', { suffix: '3' }],
  ['bytes=-', undefined],
  ['bytes=0-1,3-4', undefined],
  ['lines=1-2', undefined],
])('the header "%s" asks for %o', (header, expected) => expect(rangeOfHeader(header)).toEqual(expected))
