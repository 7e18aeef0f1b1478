import type { Example } from './examples.ts'
import { lcg } from './gbdt.ts'
import type { Voters } from './voters.ts'

const EPOCHS = 8
const RATE = 0.02
const SHRINKAGE = 1e-4
/** Voters of fewer sites than that say more of the sites than of the web. */
const SITES = 6
/** The least a block weighs to be learned from, and the most. */
const LEAST_WEIGHT = 0.002
const MOST_WEIGHT = 3

/** A page, what votes on its blocks, and what they weigh. */
export interface Ballot {
  example: Example
  voters: Voters
  weights: Float64Array
}

/** The weight of each voter: logistic regression on soft labels by AdaGrad (Duchi et al. 2011), a page's blocks drawn by chance. */
export function trainLinear(ballots: readonly Ballot[], voterCount: number, seed: number): Float32Array {
  const learning: Learning = {
    isKnown: knownVoters(ballots, voterCount),
    weights: new Float32Array(voterCount),
    squares: new Float32Array(voterCount).fill(1e-3),
  }
  const random = lcg(seed)
  for (let epoch = 0; epoch < EPOCHS; epoch++)
    for (const ballot of shuffled(ballots, random)) learnPage(learning, ballot, RATE / (epoch / 2 + 1), random)
  return learning.weights
}

interface Learning {
  isKnown: Uint8Array
  weights: Float32Array
  /** Sums of squared gradients. */
  squares: Float32Array
}

function learnPage(learning: Learning, { example, voters, weights }: Ballot, rate: number, random: () => number): void {
  const count = example.labels.length
  for (let draw = 0; draw < count; draw++) {
    const block = Math.floor(random() * count)
    const weight = (weights[block] ?? 0) * count
    if (weight < LEAST_WEIGHT) continue
    const probability = 1 / (1 + Math.exp(-sumOfVotes(learning.weights, voters, block)))
    learnBlock(learning, voters, block, {
      rate,
      fault: (probability - (example.labels[block] ?? 0)) * Math.min(weight, MOST_WEIGHT),
    })
  }
}

function learnBlock(
  { isKnown, weights, squares }: Learning,
  { ids, shares, starts }: Voters,
  block: number,
  { rate, fault }: { rate: number; fault: number },
): void {
  for (let at = starts[block] ?? 0; at < (starts[block + 1] ?? 0); at++) {
    const voter = ids[at] ?? 0
    if (isKnown[voter] !== 1) continue
    const gradient = fault * (shares[at] ?? 0) + SHRINKAGE * (weights[voter] ?? 0)
    squares[voter] = (squares[voter] ?? 0) + gradient * gradient
    weights[voter] = (weights[voter] ?? 0) - (rate * gradient) / Math.sqrt(squares[voter] ?? 1)
  }
}

function knownVoters(ballots: readonly Ballot[], voterCount: number): Uint8Array {
  const sites = new Uint16Array(voterCount)
  for (const of of Map.groupBy(ballots, ({ example }) => example.site).values()) {
    const ofSite = new Set<number>()
    for (const { voters } of of) voters.ids.forEach((voter) => ofSite.add(voter))
    for (const voter of ofSite) sites[voter] = (sites[voter] ?? 0) + 1
  }
  return Uint8Array.from(sites, (count) => (count >= SITES ? 1 : 0))
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const order = items.map((item): [number, Item] => [random(), item])
  return order.toSorted(([a], [b]) => a - b).map(([, item]) => item)
}

/** For each block the log odds to be main content. */
export function votesOf(weights: Float32Array, voters: Voters): Float64Array {
  return Float64Array.from({ length: voters.starts.length - 1 }, (_, block) => sumOfVotes(weights, voters, block))
}

function sumOfVotes(weights: Float32Array, { ids, shares, starts }: Voters, block: number): number {
  let sum = 0
  for (let at = starts[block] ?? 0; at < (starts[block + 1] ?? 0); at++)
    sum += (weights[ids[at] ?? 0] ?? 0) * (shares[at] ?? 0)
  return sum
}
