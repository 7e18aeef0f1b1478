import { expect, it } from 'vitest'
import { restartDelayMs } from '../../../../../containers/selfhost/process/restart-delay.ts'

it('doubles from 100 ms up to 10 s', () => {
  const waits: number[] = []
  let failures = 0
  for (let i = 0; i < 9; i++) {
    const delay = restartDelayMs(failures, 1_000)
    failures = delay.failures
    waits.push(delay.waitMs)
  }
  expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000])
})

it('begins anew after a minute of health', () => {
  expect(restartDelayMs(8, 60_000)).toEqual({ waitMs: 100, failures: 1 })
})
