import { type Examined, type FeatureRows, ROWS_AT_ONCE, featureRows } from './features.ts'
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

/** Of blocks whose log odds are beyond this after the first half of the trees, the second half is not asked: it says the same. */
export const SURE = 2.5

/** The log odds of each block to be main content. */
export function logOdds(examined: Examined): Float32Array {
  const sums = new Float32Array(examined.page.blocks.length).fill(forest.bias)
  const half = forest.starts.length >> 1
  for (let from = 0; from < sums.length; from += ROWS_AT_ONCE) {
    const some = sums.subarray(from, from + ROWS_AT_ONCE)
    const rows = featureRows(examined, from, from + some.length)
    addTrees(some, rows, all.subarray(0, some.length), forest.starts.subarray(0, half))
    addTrees(some, rows, undecided(some), forest.starts.subarray(half))
  }
  return sums
}

const all = Uint16Array.from({ length: ROWS_AT_ONCE }, (_, row) => row)
const asked = new Uint16Array(ROWS_AT_ONCE)

function undecided(sums: Float32Array): Uint16Array {
  let count = 0
  for (let row = 0; row < sums.length; row++) if (Math.abs(sums[row] ?? 0) <= SURE) asked[count++] = row
  return asked.subarray(0, count)
}

/** Tree by tree over the rows: a tree stays in the cache, where all trees together would not. */
function addTrees(sums: Float32Array, { cells, stride }: FeatureRows, rows: Uint16Array, starts: Int32Array): void {
  const { features, values, rights } = forest
  for (const start of starts) {
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] ?? 0
      const offset = row * stride
      let at = start
      let feature = features[at] ?? -1
      while (feature >= 0) {
        at = (cells[offset + feature] ?? 0) <= (values[at] ?? 0) ? at + 1 : (rights[at] ?? 0)
        feature = features[at] ?? -1
      }
      sums[row] = (sums[row] ?? 0) + (values[at] ?? 0)
    }
  }
}
