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

export interface Forest {
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

export const firstForest = forestOf(learned.first)
export const secondForest = forestOf(learned.second)

/** The probability that a row of features stands for main content. */
export function probability({ bias, starts, features, values, rights }: Forest, cells: Float32Array): number {
  let sum = bias
  for (let tree = 0; tree < starts.length; tree++) {
    let at = starts[tree] ?? 0
    let feature = features[at] ?? -1
    while (feature >= 0) {
      at = (cells[feature] ?? 0) <= (values[at] ?? 0) ? at + 1 : (rights[at] ?? 0)
      feature = features[at] ?? -1
    }
    sum += values[at] ?? 0
  }
  return 1 / (1 + Math.exp(-sum))
}
