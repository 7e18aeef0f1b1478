import { describe, expect, it } from 'vitest'
import { type Conditional, holds } from '../../../../../containers/selfhost/r2/conditional.ts'

const FOUND = { etag: 'abc', uploaded: 1_500 }
const strong = (value: string) => [{ type: 'strong' as const, value }]

// RFC 9110 §13.1 and §13.2.2.
describe.each<[string, Conditional, boolean, boolean]>([
  ['no condition', {}, true, true],
  ['If-Match of its ETag', { etagMatches: strong('abc') }, true, false],
  ['If-Match of another', { etagMatches: strong('xyz') }, false, false],
  ['If-Match of anything', { etagMatches: [{ type: 'wildcard' }] }, true, false],
  ['If-Match compares strongly', { etagMatches: [{ type: 'weak', value: 'abc' }] }, false, false],
  ['If-None-Match of its ETag', { etagDoesNotMatch: strong('abc') }, false, true],
  ['If-None-Match compares weakly', { etagDoesNotMatch: [{ type: 'weak', value: 'abc' }] }, false, true],
  ['If-None-Match of anything: only where there is nothing', { etagDoesNotMatch: [{ type: 'wildcard' }] }, false, true],
  ['uploaded before a later time', { uploadedBefore: '1501' }, true, true],
  ['uploaded before an earlier time', { uploadedBefore: 1_500 }, false, true],
  ['uploaded after an earlier time', { uploadedAfter: 1_499 }, true, false],
  ['seconds hide what lies within one', { uploadedAfter: 1_200, secondsGranularity: true }, false, false],
  ['an ETag that matches outweighs the date', { etagMatches: strong('abc'), uploadedBefore: 1 }, true, false],
])('%s', (_, condition, forFound, forMissing) => {
  it(`${forFound ? 'holds' : 'fails'} for the object`, () => expect(holds(condition, FOUND)).toBe(forFound))
  it(`${forMissing ? 'holds' : 'fails'} for none`, () => expect(holds(condition, undefined)).toBe(forMissing))
})
