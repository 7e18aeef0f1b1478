import { describe, expect, it } from 'vitest'
import { type SiteRecord, isWorthRendering, withRender } from '../../../../src/domain/render/site-memory.ts'

const HOUR_MS = 3_600_000
const IN_VAIN = { before: 40, after: 41 }
const GAIN = { before: 5, after: 300 }

function after(renders: readonly { before: number; after: number }[]): SiteRecord | undefined {
  return renders.reduce<SiteRecord | undefined>((record, found) => withRender(record, found, 0), undefined)
}

describe('a site', () => {
  it.each([
    ['nobody has rendered', [], true],
    ['twice in vain', [IN_VAIN, IN_VAIN], true],
    ['three times in vain', [IN_VAIN, IN_VAIN, IN_VAIN], false],
    ['in vain, but with a gain in between', [IN_VAIN, IN_VAIN, GAIN, IN_VAIN], true],
  ])('that was rendered: %s', (_, renders, worth) => {
    expect(isWorthRendering(after(renders), HOUR_MS)).toBe(worth)
  })

  it('gets another try when its record is old, and one more failure closes it again', () => {
    const old = after([IN_VAIN, IN_VAIN, IN_VAIN])
    expect(isWorthRendering(old, 7 * HOUR_MS)).toBe(true)
    expect(isWorthRendering(withRender(old, IN_VAIN, 7 * HOUR_MS), 8 * HOUR_MS)).toBe(false)
  })
})
