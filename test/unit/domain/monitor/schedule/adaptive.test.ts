import { describe, expect, it } from 'vitest'
import {
  expectedDelay,
  intervalFor,
  rateOfIrregular,
  rateOfRegular,
  shareBudget,
} from '../../../../../src/domain/monitor/schedule/adaptive.ts'

const HALF_A_DAY = 0.5

// The vectors of MONITORING: how often a page changes, and what follows from it.
describe('the rate of change', () => {
  it('from 30 regular checks with 10 changes is 0.3973 per interval', () => {
    expect(rateOfRegular(30, 10, 1)).toBeCloseTo(0.3973, 4)
  })

  it.each([
    ['ten changed and twenty unchanged days', { changed: Array<number>(10).fill(1), unchangedSum: 20 }, 0.4334],
    ['nothing', { changed: [], unchangedSum: 0 }, 1.386],
  ])('from %s is %f per day', (_, observed, rate) => {
    expect(rateOfIrregular(observed, HALF_A_DAY)).toBeCloseTo(rate, 3)
  })

  it('stays finite for a page that always or never changed', () => {
    expect(rateOfIrregular({ changed: Array<number>(50).fill(0.01), unchangedSum: 0 }, HALF_A_DAY)).toBeLessThan(100)
    expect(rateOfIrregular({ changed: [], unchangedSum: 1_000 }, HALF_A_DAY)).toBeGreaterThan(0)
  })
})

describe('the interval', () => {
  it('for one change a day is 16.6 h at even chances', () => {
    expect(intervalFor(1 / 24, 0.5, { min: 0.1, max: 100 })).toBeCloseTo(16.6, 1)
  })

  it.each([
    [1_000, 0.25],
    [1e-6, 48],
  ])('keeps its bounds at %f changes per hour', (rate, expected) => {
    expect(intervalFor(rate, 0.5, { min: 0.25, max: 48 })).toBe(expected)
  })

  it('leaves a rare change unseen for half of it on average, a frequent one for nearly all', () => {
    expect(expectedDelay(1e-9, 10)).toBeCloseTo(5, 5)
    expect(expectedDelay(0.001, 10)).toBeCloseTo(5, 1)
    expect(expectedDelay(100, 10)).toBeCloseTo(10, 1)
  })
})

describe('a budget over monitors', () => {
  const importance = [1, 1, 1, 2]
  const claimants = [0.1, 1, 10, 1].map((changeRate, index) => ({ importance: importance[index] ?? 1, changeRate }))

  it.each([
    [10, [0.7294, 2.0099, 4.2465, 3.0142]],
    [2, [0.2085, 0.4452, 0.6066, 0.7397]],
  ])('of %i checks is shared by importance and rate', (budget, shares) => {
    const shared = shareBudget(claimants, budget)
    for (const [index, share] of shares.entries()) expect(shared[index]).toBeCloseTo(share, 4)
    expect(shared.reduce((sum, share) => sum + share, 0)).toBeCloseTo(budget, 6)
  })

  it('leaves what bounds keep from one to the others', () => {
    const bounded = claimants.map((claimant) => ({ ...claimant, bounds: { least: 0.7, most: 3 } }))
    const shared = shareBudget(bounded, 8)
    expect([Math.min(...shared), Math.max(...shared)]).toEqual([0.7, 3])
    expect(shared.reduce((sum, share) => sum + share, 0)).toBeCloseTo(8, 6)
  })
})
