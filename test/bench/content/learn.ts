import type { Evidence, NameVote, TextPairVote, TextVote } from '../../../src/domain/page/content/evidence.ts'
import { ROWS_AT_ONCE, examine, featureRows } from '../../../src/domain/page/content/features.ts'
import { SURE } from '../../../src/domain/page/content/learned-forest.ts'
import { smoothed } from '../../../src/domain/page/content/smooth.ts'
import { type Example, type Tally, logOdds } from './examples.ts'
import { type Forest, type Settings, lcg, sumOfTrees, train } from './gbdt.ts'

const NAME_SITES = 8
const TEXT_SITES = 14
const NAME_PRIOR = 0.5
const TEXT_PRIOR = 0.35
const OPENING_PRIOR = 0.6

/** Log odds by word, and by pairs of words that are written with `-` between them in names, with a space in texts. */
export interface Leanings {
  ofName: (written: string) => number
  ofText: (written: string) => number
  ofOpening: (word: string) => number
}

/** Leanings as learned from the tally, leaving out the site that is being looked at. */
export function leaningsFrom(counted: Tally, exceptSite: string): Leanings {
  const names = new Map<string, number>()
  const texts = new Map<string, number>()
  const openings = new Map<string, number>()
  return {
    ofName: (word) =>
      remembered(names, word, () => logOdds(counted.names.get(word), exceptSite, NAME_SITES, NAME_PRIOR)),
    ofText: (word) =>
      remembered(texts, word, () => logOdds(counted.texts.get(word), exceptSite, TEXT_SITES, TEXT_PRIOR)),
    ofOpening: (word) =>
      remembered(openings, word, () => logOdds(counted.openings.get(word), exceptSite, TEXT_SITES, OPENING_PRIOR)),
  }
}

const NO_NAME_VOTE: NameVote = [0, 0, 0]
const NO_TEXT_VOTE: TextVote = [0, 0, 0, 0, 0]
const NO_PAIR_VOTE: TextPairVote = [0, 0]

/** Those leanings as evidence; the votes of the linear model are given apart. */
export function evidenceFrom(counted: Tally, exceptSite: string): Evidence {
  const { ofName, ofText, ofOpening } = leaningsFrom(counted, exceptSite)
  return {
    ofName: (word) => ({
      leaning: ofName(word),
      vote: NO_NAME_VOTE,
      with: (next) => ({ leaning: ofName(`${word}-${next}`), vote: NO_NAME_VOTE }),
    }),
    ofText: (word) => ({
      leaning: ofText(word),
      opening: ofOpening(word),
      vote: NO_TEXT_VOTE,
      with: (next) => ({ leaning: ofText(`${word} ${next}`), vote: NO_PAIR_VOTE }),
    }),
    ofTag: () => undefined,
    shapes: [],
    bias: 0,
  }
}

function remembered(known: Map<string, number>, word: string, find: () => number): number {
  const before = known.get(word)
  if (before !== undefined) return before
  const value = find()
  known.set(word, value)
  return value
}

/** As many rows are learned from; those of little weight stand in for others like them. */
const ROWS = 120_000

interface WeighedRow {
  example: number
  block: number
  weight: number
}

/** Trains on rows of several pages, each page weighing about the same, each block by its words. */
export function trainOn(examples: readonly Example[], tables: readonly FeatureTable[], settings: Settings): Forest {
  const width = tables.find((table) => table.width > 0)?.width ?? 0
  const picked = sampled(examples.flatMap(weighed), settings.seed)
  const rows = new Float32Array(picked.length * width)
  const labels = new Float32Array(picked.length)
  picked.forEach(({ example, block }, at) => {
    const table = tables[example]
    if (!table) return
    rows.set(table.rows.subarray(block * width, (block + 1) * width), at * width)
    labels[at] = examples[example]?.labels[block] ?? 0
  })
  return train({ rows, width, labels, weights: Float32Array.from(picked, ({ weight }) => weight) }, settings)
}

function weighed(of: Example, example: number): WeighedRow[] {
  return Array.from(blockWeights(of), (weight, block) => ({ example, block, weight }))
}

/** A block weighs by its words, pages about the same. */
export function blockWeights({ words, gold }: Example): Float64Array {
  const total = words.reduce((sum, own) => sum + own.length, 0)
  const scale = 1 / (gold.length + 0.3 * total + 50)
  return Float64Array.from(words, (own) => (own.length + 0.5) * scale)
}

/** Draws rows by their weight; what is drawn by chance weighs more in turn, so that sums stay what they are. */
function sampled(rows: readonly WeighedRow[], seed: number): WeighedRow[] {
  const random = lcg(seed)
  const unit = unitFor(rows)
  return rows
    .filter(({ weight }) => random() < weight / unit)
    .map((row) => ({ ...row, weight: Math.max(row.weight, unit) }))
}

/** The weight above which rows are drawn for certain, so that about `ROWS` are drawn in all. */
function unitFor(rows: readonly WeighedRow[]): number {
  let low = 0
  let high = 1
  for (let step = 0; step < 50; step++) {
    const unit = (low + high) / 2
    const drawn = rows.reduce((sum, { weight }) => sum + Math.min(1, weight / unit), 0)
    if (drawn > ROWS) low = unit
    else high = unit
  }
  return high
}

/** The probability of each block, as `mainContent` finds it. */
export function probabilitiesOf({ bias, trees }: Forest, { page }: Example, table: FeatureTable): Float32Array {
  const half = trees.length >> 1
  const firsts = trees.slice(0, half)
  const seconds = trees.slice(half)
  const logOdds = Float32Array.from(page.blocks, (_, index) => {
    const first = bias + sumOfTrees(firsts, table.rows, index * table.width)
    return Math.abs(first) > SURE ? first : first + sumOfTrees(seconds, table.rows, index * table.width)
  })
  return smoothed(logOdds, page, table.templateOf)
}

/** The features of all blocks of a page, row by row. */
export interface FeatureTable {
  rows: Float32Array
  width: number
  /** For each box the number of its template. */
  templateOf: Int32Array
}

export function tableOf({ page, context, labels }: Example, evidence: Evidence, votes: Float64Array): FeatureTable {
  const examined = examine(page, context, evidence, votes)
  const { width } = featureRows(examined, 0, Math.min(1, labels.length))
  const rows = new Float32Array(labels.length * width)
  for (let from = 0; from < labels.length; from += ROWS_AT_ONCE) {
    const to = Math.min(labels.length, from + ROWS_AT_ONCE)
    const { cells, stride } = featureRows(examined, from, to)
    for (let row = from; row < to; row++)
      rows.set(cells.subarray((row - from) * stride, (row - from) * stride + width), row * width)
  }
  return { rows, width, templateOf: examined.templates.ofBox }
}
