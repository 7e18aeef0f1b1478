import { type Example, type Tally, tally } from './examples.ts'
import { type Forest, type Settings, lcg } from './gbdt.ts'
import { blockWeights, evidenceFrom, tableOf, trainOn } from './learn.ts'
import { type Ballot, trainLinear, votesOf } from './linear.ts'

export const SETTINGS: Settings = {
  trees: 240,
  leaves: 24,
  rate: 0.06,
  lambda: 0.01,
  minWeight: 0.05,
  columns: 0.2,
  share: 0.5,
  seed: 7,
}

export interface Learned {
  counted: Tally
  /** Of the linear model, by the voter's number. */
  weights: Float32Array
  forest: Forest
}

/** Parts that the linear model is learned in, so that what it says of a page never comes from its own site. */
const PARTS = 4

export function learnFrom(training: readonly Example[], voterCount: number): Learned {
  const counted = tally(training)
  const votes = votesOfOthers(training, voterCount)
  const tables = training.map((example, index) =>
    tableOf(example, evidenceFrom(counted, example.site), votes[index] ?? new Float64Array()),
  )
  return {
    counted,
    weights: trainLinear(training.map(ballotOf), voterCount, SETTINGS.seed),
    forest: trainOn(training, tables, SETTINGS),
  }
}

/** For each page the votes of a model that was learned from other sites. */
function votesOfOthers(training: readonly Example[], voterCount: number): Float64Array[] {
  const parts = foldsOf(training, PARTS, SETTINGS.seed)
  const models = Array.from({ length: PARTS }, (_, part) => {
    const others = training.filter((__, index) => parts[index] !== part)
    return trainLinear(others.map(ballotOf), voterCount, SETTINGS.seed)
  })
  return training.map(({ voters }, index) => votesOf(models[parts[index] ?? 0] ?? new Float32Array(), voters))
}

function ballotOf(example: Example): Ballot {
  return { example, voters: example.voters, weights: blockWeights(example) }
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
