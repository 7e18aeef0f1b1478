import { describe, expect, it } from 'vitest'
import { DUPLICATE, FAILED, FETCHED, QUEUED, SKIPPED, WAITING } from '../../../../src/domain/crawl/url-state.ts'
import { MAX_ATTEMPTS, MAX_SLOW_DOWNS, disposition } from '../../../../src/domain/frontier/disposition.ts'
import type { Outcome } from '../../../../src/domain/frontier/outcome.ts'

const fresh = { attempts: 0, slowDowns: 0 }

describe('what becomes of a URL', () => {
  it.each<[string, Outcome, object]>([
    [
      'a recorded page is fetched',
      { kind: 'recorded', status: 200, bytes: 1, latencyMs: 1 },
      { state: FETCHED, reason: null, status: 200 },
    ],
    [
      'equal content is a duplicate',
      { kind: 'duplicate', reason: 'same_content', latencyMs: 1 },
      { state: DUPLICATE, reason: 'same_content' },
    ],
    [
      'a wrong media type is skipped',
      { kind: 'skipped', reason: 'content_type' },
      { state: SKIPPED, reason: 'content_type' },
    ],
    [
      'a 404 fails at once',
      { kind: 'failed', fault: 'http_error', status: 404 },
      { state: FAILED, reason: 'http_error', status: 404 },
    ],
    [
      'a 500 is tried again',
      { kind: 'failed', fault: 'http_error', status: 500 },
      { state: WAITING, retryAt: 1_000, status: 500 },
    ],
    ['a timeout is tried again', { kind: 'failed', fault: 'timeout' }, { state: WAITING, retryAt: 1_000 }],
    ['a body too large fails at once', { kind: 'failed', fault: 'too_large' }, { state: FAILED, reason: 'too_large' }],
    ['what was not started goes back untouched', { kind: 'released' }, { state: QUEUED, attempts: 0 }],
    [
      'a slow-down costs the page no attempt',
      { kind: 'slow-down', status: 429 },
      { state: QUEUED, attempts: 0, slowDowns: 1 },
    ],
  ])('%s', (_, outcome, expected) => {
    expect(disposition(outcome, fresh, 0, 1)).toMatchObject(expected)
  })

  it('gives up after the last attempt, with the fault as the reason', () => {
    const last = { attempts: MAX_ATTEMPTS - 1, slowDowns: 0 }
    expect(disposition({ kind: 'failed', fault: 'timeout' }, last, 0, 1)).toMatchObject({
      state: FAILED,
      reason: 'timeout',
    })
  })

  it('takes endless requests for rest as a refusal', () => {
    const patient = { attempts: 0, slowDowns: MAX_SLOW_DOWNS - 1 }
    expect(disposition({ kind: 'slow-down', status: 503 }, patient, 0, 1)).toMatchObject({
      state: FAILED,
      reason: 'blocked_by_site',
    })
  })

  it('divides waits by the clock speed', () => {
    expect(disposition({ kind: 'failed', fault: 'timeout' }, fresh, 0, 100)).toMatchObject({ retryAt: 10 })
  })
})
