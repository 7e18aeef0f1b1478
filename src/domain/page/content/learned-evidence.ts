import type { Evidence, Known, KnownName, KnownText, NameVote, TextPairVote, TextVote } from './evidence.ts'
import learned from './learned.json' with { type: 'json' }
import learnedVotes from './learned-votes.json' with { type: 'json' }

/** Leanings are written in tenths, by word or pair. */
type Leanings = Readonly<Record<string, number>>
/** Votes are written in hundredths, by word or pair, zeros at the end left out. */
type Votes = Readonly<Record<string, readonly number[]>>

export interface WrittenLeanings {
  names: Leanings
  texts: Leanings
  openings: Leanings
}

/** As `learned-votes.json` has them: names and their pairs (`main-nav`) with tags (`<li`, `<ul<li`) in one table. */
export interface WrittenVotes {
  names: Votes
  texts: Votes
  pairs: Votes
  shapes: readonly number[]
  bias: number
}

class LearnedWord<Vote, PairVote> implements Known<Vote> {
  leaning = 0
  opening = 0
  vote: Vote
  private pairs: Map<string, LearnedPair<PairVote>> | undefined

  constructor(vote: Vote) {
    this.vote = vote
  }

  with(next: string): Known<PairVote> | undefined {
    return this.pairs?.get(next)
  }

  pair(next: string, none: PairVote): LearnedPair<PairVote> {
    this.pairs ??= new Map()
    const pair = this.pairs.get(next) ?? { leaning: 0, vote: none }
    this.pairs.set(next, pair)
    return pair
  }
}

interface LearnedPair<Vote> extends Known<Vote> {
  leaning: number
  vote: Vote
}

/** Words by themselves, each with what is known of it and the words that follow. */
class Words<Vote, PairVote> {
  private readonly words = new Map<string, LearnedWord<Vote, PairVote>>()
  private readonly between: string
  private readonly noVote: Vote
  private readonly noPairVote: PairVote

  constructor(between: string, noVote: Vote, noPairVote: PairVote) {
    this.between = between
    this.noVote = noVote
    this.noPairVote = noPairVote
  }

  readonly of = (word: string): LearnedWord<Vote, PairVote> | undefined => this.words.get(word)

  word(word: string): LearnedWord<Vote, PairVote> {
    const known = this.words.get(word) ?? new LearnedWord<Vote, PairVote>(this.noVote)
    this.words.set(word, known)
    return known
  }

  /** The entry of a word; or of a pair, which has the mark between. */
  pair(written: string): LearnedPair<PairVote> | undefined {
    const at = written.indexOf(this.between)
    return at < 0 ? undefined : this.word(written.slice(0, at)).pair(written.slice(at + 1), this.noPairVote)
  }

  addLeanings(leanings: Leanings): void {
    for (const [written, tenths] of Object.entries(leanings)) {
      const entry = this.pair(written) ?? this.word(written)
      entry.leaning = tenths / 10
    }
  }
}

export function evidenceOf(leanings: WrittenLeanings, votes: WrittenVotes): Evidence {
  const tags = new Map<string, NameVote>()
  const texts = textsOf(leanings, votes)
  const names = namesOf(leanings, votes, tags)
  return {
    ofName: names.of,
    ofText: texts.of,
    ofTag: (name) => tags.get(name),
    shapes: votes.shapes.map(read),
    bias: read(votes.bias),
  }
}

const TAG = '<'

function namesOf(leanings: WrittenLeanings, votes: WrittenVotes, tags: Map<string, NameVote>) {
  const words = new Words<NameVote, NameVote>('-', [0, 0, 0], [0, 0, 0])
  words.addLeanings(leanings.names)
  for (const [name, [own, near, far]] of Object.entries(votes.names)) {
    const vote: NameVote = [read(own), read(near), read(far)]
    if (name.startsWith(TAG)) tags.set(name, vote)
    else (words.pair(name) ?? words.word(name)).vote = vote
  }
  return words satisfies { of: (word: string) => KnownName | undefined }
}

function textsOf(leanings: WrittenLeanings, votes: WrittenVotes) {
  const words = new Words<TextVote, TextPairVote>(' ', [0, 0, 0, 0, 0], [0, 0])
  words.addLeanings(leanings.texts)
  for (const [word, tenths] of Object.entries(leanings.openings)) words.word(word).opening = tenths / 10
  for (const [word, [short, opening, next, last, below]] of Object.entries(votes.texts))
    words.word(word).vote = [read(short), read(opening), read(next), read(last), read(below)]
  for (const [written, [short, opening]] of Object.entries(votes.pairs)) {
    const pair = words.pair(written)
    if (pair) pair.vote = [read(short), read(opening)]
  }
  return words satisfies { of: (word: string) => KnownText | undefined }
}

function read(hundredths: number | undefined): number {
  return (hundredths ?? 0) / 100
}

export const learnedEvidence = evidenceOf(learned, learnedVotes)
