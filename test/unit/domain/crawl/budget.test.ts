import { expect, it } from 'vitest'
import { spentBudget } from '../../../../src/domain/crawl/budget.ts'

const holder = (recorded: number) => ({ granted: recorded, recorded, wants: 0, idle: false })
const nothing = { holders: [holder(0)], bytes: 0, elapsedMs: 0 }

it.each([
  ['pages, over all frontiers', { limit: 5 }, { ...nothing, holders: [holder(2), holder(3)] }, 'limit'],
  ['bytes', { limit: 5, maxBytes: 100 }, { ...nothing, bytes: 100 }, 'bytes'],
  ['time', { limit: 5, maxDurationMs: 1_000 }, { ...nothing, elapsedMs: 1_000 }, 'time'],
  ['nothing', { limit: 5, maxBytes: 100, maxDurationMs: 1_000 }, { ...nothing, bytes: 99, elapsedMs: 999 }, undefined],
  ['nothing without a bound', { limit: 5 }, { ...nothing, bytes: 1e12, elapsedMs: 1e12 }, undefined],
])('%s', (_, budget, used, expected) => {
  expect(spentBudget(budget, used)).toBe(expected)
})
