import type { Evidence } from '../../../src/domain/page/content/evidence.ts'
import { type FeatureTable, featureTable } from '../../../src/domain/page/content/features.ts'
import { withContext } from '../../../src/domain/page/content/context-features.ts'
import { type Example, type Tally, logOdds } from './examples.ts'
import { type Forest, type Settings, score, train } from './gbdt.ts'

const NAME_SITES = 8
const TEXT_SITES = 14
const NAME_PRIOR = 0.5
const TEXT_PRIOR = 0.35

/** Evidence as learned from the tally, leaving out the site that is being looked at. */
export function evidenceFrom(counted: Tally, exceptSite: string): Evidence {
  const names = new Map<string, number>()
  const texts = new Map<string, number>()
  return {
    ofName: (word) =>
      remembered(names, word, () => logOdds(counted.names.get(word), exceptSite, NAME_SITES, NAME_PRIOR)),
    ofText: (word) =>
      remembered(texts, word, () => logOdds(counted.texts.get(word), exceptSite, TEXT_SITES, TEXT_PRIOR)),
  }
}

function remembered(known: Map<string, number>, word: string, find: () => number): number {
  const before = known.get(word)
  if (before !== undefined) return before
  const value = find()
  known.set(word, value)
  return value
}

/** Trains on rows of several pages, each page weighing about the same, each block by its words. */
export function trainOn(examples: readonly Example[], tables: readonly FeatureTable[], settings: Settings): Forest {
  const width = tables.find((table) => table.width > 0)?.width ?? 0
  const n = examples.reduce((sum, example) => sum + example.labels.length, 0)
  const rows = new Float32Array(n * width)
  const labels = new Float32Array(n)
  const weights = new Float32Array(n)
  let at = 0
  examples.forEach((example, index) => {
    const table = tables[index]
    if (!table || example.labels.length === 0) return
    for (let block = 0; block < example.labels.length; block++)
      rows.set(table.rows.subarray(block * table.stride, block * table.stride + width), (at + block) * width)
    const total = example.words.reduce((sum, words) => sum + words.length, 0)
    const scale = 1 / (example.gold.length + 0.3 * total + 50)
    example.labels.forEach((label, block) => {
      labels[at + block] = label
      weights[at + block] = ((example.words[block]?.length ?? 0) + 0.5) * scale
    })
    at += example.labels.length
  })
  return train({ rows, width, labels, weights }, settings)
}

export function scores(forest: Forest, table: FeatureTable, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => score(forest, table.rows, index * table.stride))
}

export function firstTable(example: Example, evidence: Evidence): FeatureTable {
  return ownCopy(featureTable(example.page, example.context, evidence), example)
}

export function secondTable(example: Example, first: FeatureTable, probabilities: Float32Array): FeatureTable {
  return withContext(example.page, ownCopy(first, example), probabilities)
}

/** Tables are read from and written to one and the same memory, page after page. */
function ownCopy(table: FeatureTable, { labels }: Example): FeatureTable {
  return { ...table, rows: table.rows.slice(0, labels.length * table.stride) }
}
