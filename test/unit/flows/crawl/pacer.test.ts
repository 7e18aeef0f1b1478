import { describe, expect, it } from 'vitest'
import { Pacer, type Timer } from '../../../../src/flows/crawl/pacer.ts'

const GAP_MS = 1_000

/** A clock that jumps to whatever is slept for. */
function jumpingTimer(): Timer & { at: number } {
  const timer = {
    at: 0,
    now: () => timer.at,
    sleepUntil: (moment: number) => {
      timer.at = Math.max(timer.at, moment)
      return Promise.resolve()
    },
  }
  return timer
}

describe('a pacer', () => {
  it('lets everything start at once where no gap holds', async () => {
    const timer = jumpingTimer()
    const pacer = new Pacer(timer)
    await Promise.all([pacer.start(), pacer.start(), pacer.start()])
    expect(timer.at).toBe(0)
  })

  it('takes every start at the moment that the frontier names, in the order asked', async () => {
    const timer = jumpingTimer()
    const starts: number[] = []
    const pacer = new Pacer(timer, (lastStartAt) => Promise.resolve(lastStartAt + GAP_MS))
    const started = [1, 2, 3].map(() => pacer.start().then(() => starts.push(timer.at)))
    await Promise.all(started)
    expect(starts.every((start, index) => index === 0 || start - (starts[index - 1] ?? 0) >= GAP_MS)).toBe(true)
  })

  it('counts the gap from when the last request surely had left, not from when it was asked for', async () => {
    const timer = jumpingTimer()
    const asked: number[] = []
    const pacer = new Pacer(timer, (lastStartAt) => {
      asked.push(lastStartAt)
      return Promise.resolve(timer.at)
    })
    await pacer.start()
    await pacer.start()
    expect(asked[1]).toBeGreaterThan(asked[0] ?? 0)
  })

  it('has no more starts to give once the lease is lost', async () => {
    const pacer = new Pacer(jumpingTimer(), () => Promise.resolve(null))
    expect(await pacer.start()).toBeNull()
  })
})
