import { expect, it } from 'vitest'
import { type Unrecorded, goneAs } from '../../../../src/domain/crawl/change.ts'

const cases: [string, Unrecorded | undefined, boolean, object | undefined][] = [
  ['nothing leads to it', undefined, true, { reason: 'unlinked' }],
  ['nothing led to it before the budget ended', undefined, false, undefined],
  ['not found', { state: 'failed', reason: 'http_error', status: 404 }, false, { reason: 'http_error', status: 404 }],
  ['gone', { state: 'failed', reason: 'http_error', status: 410 }, true, { reason: 'http_error', status: 410 }],
  ['forbidden', { state: 'failed', reason: 'http_error', status: 403 }, true, undefined],
  ['out of order', { state: 'failed', reason: 'http_error', status: 500 }, true, undefined],
  ['not answering', { state: 'failed', reason: 'timeout' }, true, undefined],
  ['moved', { state: 'duplicate', reason: 'redirect', status: 301 }, false, { reason: 'redirect', status: 301 }],
  [
    'a copy now',
    { state: 'duplicate', reason: 'same_content', status: 200 },
    true,
    { reason: 'same_content', status: 200 },
  ],
  ['forbidden to robots', { state: 'skipped', reason: 'robots' }, true, undefined],
  ['out of scope', { state: 'skipped', reason: 'scope' }, true, undefined],
]

it.each(cases)('a page of the base that was not recorded again: %s', (_name, url, sawAll, gone) => {
  expect(goneAs(url, sawAll)).toEqual(gone)
})
