import { describe, expect, it } from 'vitest'
import {
  FIRST_CONCURRENCY,
  GAP_MARGIN_MS,
  MAX_BATCH,
  batchSize,
  freshPace,
  gapMs,
  readyAt,
  reserve,
  retryAt,
  slowDown,
  speedUp,
  stumble,
} from '../../../../src/domain/frontier/pace.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const SECOND = 1_000

describe('two clocks', () => {
  it('keeps waiting out Retry-After while a shorter crawl delay elapses', () => {
    expect(readyAt({ ...freshPace(), backoffUntil: NOW + 30 * SECOND, nextStartAt: NOW + 2 * SECOND })).toBe(
      NOW + 30 * SECOND,
    )
  })

  it('keeps the crawl delay after the backoff is over', () => {
    expect(readyAt({ ...freshPace(), backoffUntil: NOW, nextStartAt: NOW + 2 * SECOND })).toBe(NOW + 2 * SECOND)
  })
})

describe('the gap between two starts', () => {
  it.each([
    ['the caller decides over the site', { delayMs: 100, crawlDelayMs: 5_000 }, 100 + GAP_MARGIN_MS],
    ['the site decides where the caller is silent', { delayMs: null, crawlDelayMs: 5_000 }, 5_000 + GAP_MARGIN_MS],
    ['nobody asks for one', { delayMs: null, crawlDelayMs: undefined }, 0],
    ['the caller asks for none', { delayMs: 0, crawlDelayMs: 5_000 }, 0],
  ])('%s', (_, wish, expected) => {
    expect(gapMs(wish)).toBe(expected)
  })

  it.each([
    [0, MAX_BATCH],
    [100, MAX_BATCH],
    [1_000, 4],
    [10_000, 1],
  ])('a gap of %i ms makes batches of %i', (gap, size) => {
    expect(batchSize(gap)).toBe(size)
  })

  it('reserves consecutive starts, the next holder coming after the last of them', () => {
    const first = reserve(freshPace(), 3, 1_000, NOW)
    expect(first.startAt).toBe(NOW)
    expect(reserve(first.pace, 1, 1_000, NOW).startAt).toBe(NOW + 3_000)
  })

  it('reserves nothing without a gap', () => {
    expect(reserve(freshPace(), 30, 0, NOW).pace.nextStartAt).toBe(0)
  })
})

describe('AIMD', () => {
  it('halves what is in flight and doubles the rest when the site asks for it again', () => {
    const once = slowDown({ ...freshPace(), concurrency: 8 }, undefined, NOW)
    const twice = slowDown(once, undefined, NOW)
    expect(once).toMatchObject({ concurrency: 4, backoffUntil: NOW + SECOND })
    expect(twice).toMatchObject({ concurrency: 2, backoffUntil: NOW + 2 * SECOND })
  })

  it("takes the site's own time over ours", () => {
    expect(slowDown(freshPace(), 45 * SECOND, NOW).backoffUntil).toBe(NOW + 45 * SECOND)
  })

  it('never shortens a rest that was promised', () => {
    const resting = slowDown(freshPace(), 45 * SECOND, NOW)
    expect(slowDown(resting, 1 * SECOND, NOW).backoffUntil).toBe(NOW + 45 * SECOND)
  })

  it('adds one after a batch that went well, and forgets the slow-downs', () => {
    expect(speedUp({ ...freshPace(), slowDowns: 3 }, 20)).toMatchObject({
      concurrency: FIRST_CONCURRENCY + 1,
      slowDowns: 0,
    })
  })

  it('takes one away when answers have become twice as slow as they can be', () => {
    const quick = speedUp(freshPace(), 200)
    const strained = [900, 900, 900].reduce(speedUp, quick)
    expect(strained.concurrency).toBeLessThan(quick.concurrency + 1)
  })

  it('never falls below one', () => {
    expect(stumble({ ...freshPace(), concurrency: 1 }).concurrency).toBe(1)
  })
})

it('doubles the wait before each further attempt', () => {
  expect([1, 2, 3].map((attempts) => retryAt(attempts, 0))).toEqual([1_000, 2_000, 4_000])
})
