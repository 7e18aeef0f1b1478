import { describe, expect, it } from 'vitest'
import { choose } from '../../../../../src/domain/page/content/choose.ts'

describe('which blocks to keep', () => {
  it('keeps what raises the expected F1, and no more', () => {
    const { chosen, expectedF1 } = choose(Float32Array.of(0.95, 0.1, 0.9, 0.02), [200, 100, 150, 300])
    expect([...chosen]).toEqual([1, 0, 1, 0])
    expect(expectedF1).toBeGreaterThan(0.85)
  })

  it('keeps more where nothing stands out', () => {
    const { chosen } = choose(Float32Array.of(0.3, 0.28, 0.25), [100, 100, 100])
    expect([...chosen]).toEqual([1, 1, 1])
  })

  it('drops from a page of few words only what is surely no content', () => {
    const { chosen } = choose(Float32Array.of(0.95, 0.25, 0.05), [60, 10, 10])
    expect([...chosen]).toEqual([1, 1, 0])
  })
})
