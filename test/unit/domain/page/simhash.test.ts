import { describe, expect, it } from 'vitest'
import { simhash } from '../../../../src/domain/page/simhash.ts'

/** Words of a language that nobody speaks, the same for the same seed. */
function prose(words: number, seed: number): string[] {
  let state = seed
  const next = () => (state = Math.imul(state, 1_664_525) + 1_013_904_223) >>> 8
  return Array.from({ length: words }, () => `word${next() % 2_000}`)
}

function bitsApart(a: string, b: string): number {
  const [left, right] = [simhash(a), simhash(b)]
  if (left === null || right === null) throw new Error('too short to tell')
  return BigInt.asUintN(64, left ^ right)
    .toString(2)
    .replaceAll('0', '').length
}

describe('simhash (Charikar 2002)', () => {
  it('is the same for texts that differ in case, space and punctuation only', () => {
    const words = prose(50, 1)
    expect(bitsApart(words.join(' '), `${words.join(',\n').toUpperCase()}!`)).toBe(0)
  })

  it('tells the order of words', () => {
    const words = prose(300, 1)
    expect(bitsApart(words.join(' '), words.toReversed().join(' '))).toBeGreaterThan(3)
  })

  it('differs in at most 3 bits when one word of a thousand is another', () => {
    const apart = Array.from({ length: 50 }, (_, seed) => {
      const words = prose(1_000, seed + 1)
      return bitsApart(words.join(' '), words.with(seed * 17, 'replaced').join(' '))
    })
    expect(apart.filter((bits) => bits > 3).length).toBeLessThanOrEqual(5)
  })

  it('differs in about half of its bits between unrelated texts', () => {
    const texts = Array.from({ length: 60 }, (_, seed) => prose(200, seed + 1).join(' '))
    const apart = texts.flatMap((a, i) => texts.slice(i + 1).map((b) => bitsApart(a, b)))
    expect(Math.min(...apart)).toBeGreaterThan(10)
    const mean = apart.reduce((sum, bits) => sum + bits, 0) / apart.length
    expect(mean).toBeGreaterThan(30)
    expect(mean).toBeLessThan(34)
  })

  it('takes the characters of scripts without spaces for words', () => {
    const text = '蜘蛛在夜里织网，清晨的露水挂在丝线上，阳光一照就闪闪发亮，像一串蓝色的宝石。'
    expect(simhash(text)).not.toBeNull()
    expect(
      bitsApart(text, '网站的首页列出了今天的新闻，读者可以按日期或主题查找以前的文章和图片资料。'),
    ).toBeGreaterThan(10)
  })

  it('says nothing of texts of fewer than 20 words', () => {
    expect(simhash(prose(19, 1).join(' '))).toBeNull()
    expect(simhash(prose(20, 1).join(' '))).not.toBeNull()
    expect(simhash('')).toBeNull()
  })

  it('fits a signed 64-bit integer', () => {
    const hashes = Array.from({ length: 20 }, (_, seed) => simhash(prose(50, seed + 1).join(' ')) ?? 0n)
    expect(hashes.every((hash) => hash === BigInt.asIntN(64, hash))).toBe(true)
    expect(hashes.some((hash) => hash < 0n)).toBe(true)
  })
})
