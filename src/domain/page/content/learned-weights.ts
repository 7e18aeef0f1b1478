import votes from './learned-votes.json' with { type: 'json' }
import type { NameVote, PairVote, TextVote, Weights } from './votes.ts'

/** Votes are written in hundredths, zeros at the end left out. */
const HUNDREDTH = 100

type Written = Readonly<Record<string, readonly number[]>>

function named(written: Written): Map<string, NameVote> {
  return new Map(Object.entries(written).map(([word, [own, near, far]]) => [word, [read(own), read(near), read(far)]]))
}

function texts(written: Written): Map<string, TextVote> {
  return new Map(
    Object.entries(written).map(([word, [short, opening, next, last, below]]) => [
      word,
      [read(short), read(opening), read(next), read(last), read(below)],
    ]),
  )
}

/** By the first word, then by the second. */
function pairs(written: Written): Map<string, Map<string, PairVote>> {
  const byFirst = new Map<string, Map<string, PairVote>>()
  for (const [pair, [short, opening]] of Object.entries(written)) {
    const [first = '', second = ''] = pair.split(' ')
    const seconds = byFirst.get(first) ?? new Map<string, PairVote>()
    byFirst.set(first, seconds.set(second, [read(short), read(opening)]))
  }
  return byFirst
}

function read(hundredths: number | undefined): number {
  return (hundredths ?? 0) / HUNDREDTH
}

/** As `learned-votes.json` writes them. */
export interface WrittenWeights {
  names: Written
  texts: Written
  pairs: Written
  shapes: readonly number[]
  bias: number
}

export function weightsFrom(written: WrittenWeights): Weights {
  const ofName = named(written.names)
  const ofText = texts(written.texts)
  const ofPair = pairs(written.pairs)
  return {
    ofName: (name) => ofName.get(name),
    ofText: (word) => ofText.get(word),
    ofTextPair: (first, second) => ofPair.get(first)?.get(second),
    shapes: written.shapes.map(read),
    bias: read(written.bias),
  }
}

export const learnedWeights = weightsFrom(votes)
