import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PERMIT_CHUNK, grant, isSpent } from '../../../../src/domain/crawl/permits.ts'

const holder = (granted: number, wants: number, recorded = 0) => ({ granted, recorded, wants, idle: false })

describe('permits', () => {
  it('gives a crawl that stays on one domain everything at once', () => {
    expect(grant(1_000, holder(0, 5), [], true)).toBe(1_000)
  })

  it('gives one of several frontiers a chunk', () => {
    expect(grant(1_000, holder(0, 500), [holder(10, 0)], false)).toBe(PERMIT_CHUNK)
  })

  it('gives what is left, and then nothing', () => {
    expect(grant(10, holder(2, 50), [holder(7, 0)], false)).toBe(3)
    expect(grant(10, holder(3, 50), [holder(7, 0)], false)).toBe(3)
  })

  it('takes nothing back from a holder that wants no more', () => {
    expect(grant(10, holder(4, 0), [], true)).toBe(4)
  })

  it('never hands out more than the limit, whoever asks in whatever order', () => {
    const wish = fc.record({ who: fc.integer({ min: 0, max: 4 }), wants: fc.integer({ min: 0, max: 300 }) })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.array(wish, { maxLength: 50 }), (limit, wishes) => {
        const holders = Array.from({ length: 5 }, () => holder(0, 0))
        for (const { who, wants } of wishes) {
          const asker = { ...holder(0, wants), granted: holders[who]?.granted ?? 0 }
          const others = holders.filter((_, index) => index !== who)
          holders[who] = { ...asker, granted: grant(limit, asker, others, false) }
        }
        expect(holders.reduce((sum, each) => sum + each.granted, 0)).toBeLessThanOrEqual(limit)
      }),
    )
  })

  it('is spent when that many pages are recorded', () => {
    expect(isSpent(3, [holder(2, 0, 2), holder(1, 0, 0)])).toBe(false)
    expect(isSpent(3, [holder(2, 0, 2), holder(1, 0, 1)])).toBe(true)
  })
})
