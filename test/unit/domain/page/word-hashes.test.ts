import { expect, it } from 'vitest'
import { wordHashes } from '../../../../src/domain/page/word-hashes.ts'

const hashes = (text: string): number[] => [...wordHashes(text)]

it.each([
  ['Spiders spin silk.', 3],
  ['  ', 0],
  ['a-b c’d e_f', 6],
  ['ÉTÉ à Genève, naïve façade', 5],
  ['паук плетёт сеть', 3],
  ['거미가 거미줄을 친다', 3],
  ['蜘蛛が巣を張る。', 7],
  ['“quoted” – dashed … 5 € ½', 3],
  ['🕷️ and 🕸', 1],
])('finds the words of %j', (text, words) => {
  expect(hashes(text).length).toBe(words)
})

it('knows a word again whatever its case, and tells others', () => {
  expect(hashes('Straße WEB')).toEqual(hashes('straße web'))
  expect(new Set(hashes('one two three four five six')).size).toBe(6)
})

it('looks at 20,000 words, in whatever script', () => {
  expect(wordHashes('word '.repeat(20_001)).length).toBe(20_000)
  expect(wordHashes('蜘蛛'.repeat(20_001)).length).toBe(20_000)
  expect(wordHashes(`${'蜘'.repeat(19_999)}word蛛`).length).toBe(20_000)
})
