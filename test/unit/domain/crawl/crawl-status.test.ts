import { describe, expect, it } from 'vitest'
import { NO_COUNTS, addCounts, outcome } from '../../../../src/domain/crawl/crawl-status.ts'

const refused = { code: 'connection_refused', detail: 'nobody listens at 127.0.0.1:1' }

describe('how a crawl ends', () => {
  it('is completed once a single page was fetched, whatever failed beside it', () => {
    expect(outcome({ cancelled: false, seedFailure: refused }, { ...NO_COUNTS, fetched: 1, failed: 9 })).toEqual({
      status: 'completed',
      error: null,
    })
  })

  it('has failed without a page, for the reason that the start URL gave', () => {
    expect(outcome({ cancelled: false, seedFailure: refused }, { ...NO_COUNTS, failed: 1 })).toEqual({
      status: 'failed',
      error: refused,
    })
  })

  it('says so when there is no page and no failure to blame', () => {
    expect(outcome({ cancelled: false, seedFailure: null }, NO_COUNTS).error?.code).toBe('no_pages')
  })

  it('is cancelled when somebody cancelled it, pages or not', () => {
    expect(outcome({ cancelled: true, seedFailure: refused }, { ...NO_COUNTS, fetched: 7 }).status).toBe('cancelled')
  })
})

it('adds the counts of several frontiers field by field', () => {
  const one = { discovered: 6, fetched: 1, failed: 1, skipped: 1, duplicate: 1, queued: 2 }
  expect(addCounts(one, one)).toEqual({ discovered: 12, fetched: 2, failed: 2, skipped: 2, duplicate: 2, queued: 4 })
})
