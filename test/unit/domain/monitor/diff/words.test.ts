import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordDiff, wordsOf } from '../../../../../src/domain/monitor/diff/words.ts'

describe('word diff', () => {
  it('37: from and to are whole words: $90.00 → $9.00', () => {
    expect(wordDiff('Now $90.00 only', 'Now $9.00 only').runs).toEqual([
      { kind: 'same', text: 'Now' },
      { kind: 'removed', text: '$90.00' },
      { kind: 'added', text: '$9.00' },
      { kind: 'same', text: 'only' },
    ])
  })

  it('gives both versions back, whatever they are, and no longer than replacing everything', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'd')
    const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { runs, added, removed } = wordDiff(before, after)
        const without = (kind: string) => runs.filter((run) => run.kind !== kind).flatMap((run) => run.text.split(' '))
        expect(without('added').join(' ')).toBe(before)
        expect(without('removed').join(' ')).toBe(after)
        expect(removed).toBe(wordsOf(before).length - (wordsOf(after).length - added))
      }),
    )
  })

  it('takes a character for a word where a script has no spaces', () => {
    expect(wordDiff('蜘蛛の糸', '蜘蛛の網').runs.map(({ text }) => text)).toEqual(['蜘 蛛 の', '糸', '網'])
  })
})
