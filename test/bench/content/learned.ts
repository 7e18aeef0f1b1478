import type { FeatureTable } from '../../../src/domain/page/content/features.ts'
import { type Example, type Tally, tally } from './examples.ts'
import { type Forest, type Settings, lcg } from './gbdt.ts'
import { evidenceFrom, tableOf, trainOn } from './learn.ts'

export const SETTINGS: Settings = {
  trees: 240,
  leaves: 24,
  rate: 0.06,
  lambda: 0.02,
  minWeight: 0.1,
  columns: 0.2,
  share: 0.5,
  seed: 7,
}

export interface Learned {
  counted: Tally
  forest: Forest
}

export function learnFrom(training: readonly Example[]): Learned {
  const counted = tally(training)
  const tables = training.map((example): FeatureTable => tableOf(example, evidenceFrom(counted, example.site)))
  return { counted, forest: trainOn(training, tables, SETTINGS) }
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
