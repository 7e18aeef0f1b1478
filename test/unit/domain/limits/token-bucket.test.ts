import { describe, expect, it } from 'vitest'
import { rateLimitFields } from '../../../../src/domain/limits/rate-limit-fields.ts'
import { type Bucket, take } from '../../../../src/domain/limits/token-bucket.ts'

const POLICY = { quota: 60, windowSeconds: 60 }
const NOW = Date.parse('2026-11-24T12:00:00Z')
const ONE = { cost: 1, spare: 0 }

describe('a token bucket', () => {
  it('gives its whole quota at once, and then what comes in', () => {
    let bucket: Bucket | undefined
    for (let i = 0; i < 60; i += 1) {
      const taken = take(bucket, POLICY, ONE, NOW)
      expect([taken.granted, taken.remaining]).toEqual([1, 59 - i])
      bucket = taken.bucket
    }
    expect(take(bucket, POLICY, ONE, NOW)).toMatchObject({ granted: 0, waitSeconds: 1, fullInSeconds: 60 })
    expect(take(bucket, POLICY, ONE, NOW + 999)).toMatchObject({ granted: 0 })
    expect(take(bucket, POLICY, ONE, NOW + 1_000)).toMatchObject({ granted: 1, remaining: 0 })
  })

  it('never holds more than its quota', () => {
    const { bucket } = take(undefined, POLICY, ONE, NOW)
    expect(take(bucket, POLICY, ONE, NOW + 3_600_000).remaining).toBe(59)
  })

  it('says how long to wait for a dear call', () => {
    const empty = { tokens: 2, at: NOW }
    expect(take(empty, POLICY, { cost: 10, spare: 0 }, NOW)).toMatchObject({ granted: 0, waitSeconds: 8, remaining: 2 })
  })

  it('lets a call that costs more than it holds take all of it', () => {
    expect(take(undefined, POLICY, { cost: 100, spare: 0 }, NOW)).toMatchObject({ granted: 60, remaining: 0 })
  })

  it.each([
    ['as wished while there is plenty', 60, 5, 5],
    ['an eighth of what is left at most', 41, 20, 5],
    ['nothing of little', 8, 20, 0],
  ])('gives along %s', (_, tokens, spare, along) => {
    expect(take({ tokens, at: NOW }, POLICY, { cost: 1, spare }, NOW).granted).toBe(1 + along)
  })

  it('takes nothing away when the clock is set back', () => {
    expect(take({ tokens: 10, at: NOW }, POLICY, ONE, NOW - 60_000).remaining).toBe(9)
  })
})

it('limits are told as draft-ietf-httpapi-ratelimit-headers-11 has it', () => {
  const standings = [
    { name: 'key', policy: POLICY, remaining: 12, resetSeconds: 48 },
    { name: 'workspace', policy: { quota: 120, windowSeconds: 60 }, remaining: 70, resetSeconds: 25 },
  ]
  expect(rateLimitFields(standings)).toEqual({
    policy: '"key";q=60;w=60, "workspace";q=120;w=60',
    limit: '"key";r=12;t=48, "workspace";r=70;t=25',
  })
})
