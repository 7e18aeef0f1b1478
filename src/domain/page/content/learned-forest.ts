import type { FeatureTable } from './features.ts'
import learned from './learned.json' with { type: 'json' }

interface WrittenForest {
  bias: number
  /** Where each tree begins in the lists below. */
  starts: number[]
  /** Per node: the feature that it asks for, or -1 for a leaf. */
  features: number[]
  /** Per node: the edge (rows up to it go on at the next node), or the leaf's value. */
  values: number[]
  /** Per node: where rows above the edge go on. */
  rights: number[]
}

interface Forest {
  bias: number
  starts: Int32Array
  features: Int16Array
  values: Float32Array
  rights: Int32Array
}

function forestOf(written: WrittenForest): Forest {
  return {
    bias: written.bias,
    starts: Int32Array.from(written.starts),
    features: Int16Array.from(written.features),
    values: Float32Array.from(written.values),
    rights: Int32Array.from(written.rights),
  }
}

const forest = forestOf(learned.forest)

/** The log odds of each block to be main content. Tree by tree over all rows: a tree stays in the cache, where all trees together would not. */
export function logOdds({ rows, stride }: FeatureTable, blocks: number): Float32Array {
  const sums = new Float32Array(blocks).fill(forest.bias)
  const { features, values, rights } = forest
  for (const start of forest.starts) {
    for (let block = 0; block < blocks; block++) {
      const offset = block * stride
      let at = start
      let feature = features[at] ?? -1
      while (feature >= 0) {
        at = (rows[offset + feature] ?? 0) <= (values[at] ?? 0) ? at + 1 : (rights[at] ?? 0)
        feature = features[at] ?? -1
      }
      sums[block] = (sums[block] ?? 0) + (values[at] ?? 0)
    }
  }
  return sums
}
