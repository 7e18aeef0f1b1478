import type { Evidence } from './evidence.ts'
import learned from './learned.json' with { type: 'json' }

/** Learned log odds of words, in tenths. */
const names = new Map<string, number>(Object.entries(learned.names))
const texts = new Map<string, number>(Object.entries(learned.texts))
const openings = new Map<string, number>(Object.entries(learned.openings))

export const learnedEvidence: Evidence = {
  ofName: (word) => (names.get(word) ?? 0) / 10,
  ofText: (word) => (texts.get(word) ?? 0) / 10,
  ofOpening: (word) => (openings.get(word) ?? 0) / 10,
}
