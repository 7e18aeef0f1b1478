import { type Example, tally } from './examples.ts'
import { type Forest, type Settings, lcg } from './gbdt.ts'
import type { FeatureTable } from '../../../src/domain/page/content/features.ts'
import { evidenceFrom, firstTable, scores, secondTable, trainOn } from './learn.ts'

export const FIRST: Settings = {
  trees: 90,
  leaves: 20,
  rate: 0.12,
  lambda: 0.02,
  minWeight: 0.1,
  columns: 0.3,
  share: 0.5,
  seed: 7,
}
export const SECOND: Settings = { ...FIRST, trees: 80, leaves: 16 }

export interface Learned {
  counted: ReturnType<typeof tally>
  first: Forest
  second: Forest
}

export function learnFrom(training: readonly Example[]): Learned {
  const counted = tally(training)
  const tables = training.map((example) => firstTable(example, evidenceFrom(counted, example.site)))
  const thoughts = outOfFold(training, tables)
  const first = trainOn(training, tables, FIRST)
  const seconds = training.map((example, index) => secondTable(example, at(tables, index), at(thoughts, index)))
  return { counted, first, second: trainOn(training, seconds, SECOND) }
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`there is no item ${index}`)
  return item
}

const INNER_FOLDS = 3

/** The second look has to learn from first looks at pages that the first had not seen, as it will meet them. */
function outOfFold(training: readonly Example[], tables: readonly FeatureTable[]): Float32Array[] {
  const inner = foldsOf(training, INNER_FOLDS, 5)
  const thoughts: Float32Array[] = []
  for (let fold = 0; fold < INNER_FOLDS; fold++) {
    const used = training.map((_, index) => index).filter((index) => inner[index] !== fold)
    const forest = trainOn(
      used.map((index) => at(training, index)),
      used.map((index) => at(tables, index)),
      FIRST,
    )
    training.forEach((example, index) => {
      if (inner[index] === fold) thoughts[index] = scores(forest, at(tables, index), example.labels.length)
    })
  }
  return thoughts
}

/** Pages of one site are never on both sides. */
export function foldsOf(of: readonly Example[], count: number, seed: number): number[] {
  const random = lcg(seed)
  const bySite = new Map<string, number>()
  return of.map(({ site }) => {
    const fold = bySite.get(site) ?? Math.floor(random() * count)
    bySite.set(site, fold)
    return fold
  })
}
