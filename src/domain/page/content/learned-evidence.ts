import type { Evidence } from './evidence.ts'
import learned from './learned.json' with { type: 'json' }

/** Learned log odds are written in tenths. */
const TENTH = 10

/** Log odds by word, and by pairs of words that a table writes with `between` between them. */
class Table {
  private readonly words = new Map<string, number>()
  private readonly pairs = new Map<string, Map<string, number>>()

  constructor(written: Readonly<Record<string, number>>, between?: string) {
    for (const [key, tenths] of Object.entries(written)) {
      const at = between === undefined ? -1 : key.indexOf(between)
      if (at < 0) this.words.set(key, tenths / TENTH)
      else this.seconds(key.slice(0, at)).set(key.slice(at + 1), tenths / TENTH)
    }
  }

  readonly of = (word: string): number => this.words.get(word) ?? 0
  readonly ofPair = (first: string, second: string): number => this.pairs.get(first)?.get(second) ?? 0

  private seconds(first: string): Map<string, number> {
    const known = this.pairs.get(first)
    if (known) return known
    const seconds = new Map<string, number>()
    this.pairs.set(first, seconds)
    return seconds
  }
}

const names = new Table(learned.names, '-')
const texts = new Table(learned.texts, ' ')
const openings = new Table(learned.openings)

export const learnedEvidence: Evidence = {
  ofName: names.of,
  ofNamePair: names.ofPair,
  ofText: texts.of,
  ofTextPair: texts.ofPair,
  ofOpening: openings.of,
}
