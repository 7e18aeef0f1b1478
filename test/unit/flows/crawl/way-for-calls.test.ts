import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { callBegun, makeWay } from '../../../../src/flows/crawl/way-for-calls.ts'

const PAGES = 8
const LONG_AGO_MS = 60_000

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** When each of some pages that are at hand together may be read, from now. */
async function readingTimes(): Promise<number[]> {
  const since = Date.now()
  const times: number[] = []
  const pages = Array.from({ length: PAGES }, async () => {
    await makeWay()
    times.push(Date.now() - since)
  })
  await vi.runAllTimersAsync()
  await Promise.all(pages)
  return times
}

it('reads pages one after the other at once where nobody waits', async () => {
  expect(Math.max(...(await readingTimes()))).toBeLessThanOrEqual(1)
})

it('reads pages apart while a call waits for its answer', async () => {
  const answered = callBegun()
  // Their patience is one call's: a page every 10 ms, however many are at hand.
  const times = await readingTimes()
  answered()
  expect(times.toSorted((a, b) => a - b).every((at, index) => index === 0 || at - (times[index - 1] ?? 0) >= 10)).toBe(
    true,
  )
  expect(Math.max(...times)).toBeLessThan(PAGES * 11)
})

it('does not wait for a call that takes long, or never ends', async () => {
  callBegun()
  vi.advanceTimersByTime(LONG_AGO_MS)
  expect(Math.max(...(await readingTimes()))).toBeLessThanOrEqual(1)
})
