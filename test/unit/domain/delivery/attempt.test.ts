import { describe, expect, it } from 'vitest'
import { type Answer, type Circumstances, consequence } from '../../../../src/domain/delivery/attempt.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const usual: Circumstances = { tries: 1, slowDowns: 0, failingForMs: 0, chance: 0.5, clockSpeed: 1 }
const answered = (status: number, retryAfterMs?: number): Answer => ({ kind: 'answer', status, retryAfterMs })

describe('what follows an attempt', () => {
  it.each([200, 201, 204, 299])('%i: it is delivered', (status) => {
    expect(consequence(answered(status), { ...usual, failingForMs: 6 * 24 * HOUR })).toEqual({ kind: 'delivered' })
  })

  it.each([301, 302, 307, 308, 400, 401, 404, 500, 503])('%i: it is tried again', (status) => {
    expect(consequence(answered(status), usual)).toEqual({ kind: 'again', afterMs: 5 * SECOND })
  })

  it('waits 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h between ten attempts; then it is dead', () => {
    const waits = Array.from({ length: 10 }, (_, index) => {
      const follows = consequence({ kind: 'fault', detail: '' }, { ...usual, tries: index + 1 })
      return follows.kind === 'again' ? follows.afterMs : follows.kind
    })
    const hours = [2, 5, 10, 14, 20, 24].map((each) => each * HOUR)
    expect(waits).toEqual([5 * SECOND, 5 * MINUTE, 30 * MINUTE, ...hours, 'dead'])
  })

  it.each([
    [0, 0.8],
    [0.999_999, 1.2],
  ])('a fifth sooner or later, by chance (%f)', (chance, factor) => {
    const follows = consequence(answered(500), { ...usual, tries: 3, chance })
    expect(follows).toEqual({ kind: 'again', afterMs: expect.closeTo(factor * 30 * MINUTE, -2) })
  })

  it.each([
    [429, 600 * SECOND, 600 * SECOND, 600 * SECOND],
    [503, 600 * SECOND, 600 * SECOND, undefined],
    [429, 1 * SECOND, 5 * SECOND, 5 * SECOND],
    [502, undefined, 5 * SECOND, 5 * SECOND],
    [504, undefined, 5 * SECOND, 5 * SECOND],
  ])('%i with Retry-After %s: again after %i, the channel rests for %s', (status, retryAfter, afterMs, holdMs) => {
    const follows = consequence(answered(status, retryAfter), usual)
    expect(follows).toEqual({ kind: 'again', afterMs, ...(holdMs !== undefined && { holdMs }) })
  })

  it('a receiver that takes its 15 seconds and does not answer rests like one that has too much to do', () => {
    const hung = consequence({ kind: 'fault', detail: '', isTimeout: true }, { ...usual, slowDowns: 2 })
    expect(hung).toEqual({ kind: 'again', afterMs: 5 * SECOND, holdMs: 20 * SECOND })
  })

  it('rests twice as long each time, and ten minutes at most', () => {
    const holds = [0, 1, 2, 6, 7, 50].map((slowDowns) => {
      const follows = consequence(answered(429), { ...usual, slowDowns })
      return follows.kind === 'again' ? follows.holdMs : 0
    })
    expect(holds).toEqual([5 * SECOND, 10 * SECOND, 20 * SECOND, 320 * SECOND, 600 * SECOND, 600 * SECOND])
  })

  it('410 disables the channel', () => {
    expect(consequence(answered(410), usual)).toEqual({ kind: 'dead', disable: 'gone' })
  })

  it('disables a channel after five days of nothing but failures, and not before', () => {
    const after = (failingForMs: number) => consequence(answered(500), { ...usual, failingForMs })
    expect(after(5 * 24 * HOUR)).toEqual({ kind: 'dead', disable: 'failing' })
    expect(after(5 * 24 * HOUR - 1).kind).toBe('again')
  })

  it('the clock of tests divides our own waits, not what a receiver asks for', () => {
    const fast = { ...usual, clockSpeed: 1_000 }
    expect(consequence(answered(500), fast)).toEqual({ kind: 'again', afterMs: 5 })
    expect(consequence(answered(500, 2 * SECOND), fast)).toEqual({ kind: 'again', afterMs: 2 * SECOND })
  })
})
