import { wordsOf } from './words.ts'

/** Words in common, counted with their repetitions, of the longer text's: 0 to 1. */
export function likeness(text: string, other: string): number {
  const words = wordsOf(text)
  const others = wordsOf(other)
  const longer = Math.max(words.length, others.length)
  if (longer === 0) return 1
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  let common = 0
  for (const word of others) {
    const left = counts.get(word) ?? 0
    if (left === 0) continue
    counts.set(word, left - 1)
    common++
  }
  return common / longer
}
