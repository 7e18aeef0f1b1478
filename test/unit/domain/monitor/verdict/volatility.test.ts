import { expect, it } from 'vitest'
import { changeLikelihood } from '../../../../../src/domain/monitor/verdict/volatility.ts'

it.each([
  [0, 0, 0.5],
  [1, 1, 0.75],
  [2, 2, 0.8333],
  [5, 10, 0.5],
  [10, 10, 0.9545],
])('learned volatility: %i changes in %i checks have the mean of Beta(c+½, n−c+½)', (changes, checks, mean) => {
  expect(changeLikelihood(changes, checks)).toBeCloseTo(mean, 4)
})
