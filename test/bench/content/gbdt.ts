/** Gradient-boosted trees for soft labels by logistic loss: histograms of 64 bins, leaf by leaf. */
export interface TrainingSet {
  /** Row-major. */
  rows: Float32Array
  width: number
  labels: Float32Array
  weights: Float32Array
}

export interface Settings {
  trees: number
  leaves: number
  rate: number
  lambda: number
  minWeight: number
  /** Share of the features that one tree sees. */
  columns: number
  /** Share of the rows that one tree sees. */
  share: number
  seed: number
}

/** `feature < 0`: a leaf, whose `value` counts. Else rows with `row[feature] <= value` go left, which is the next node. */
export interface TreeNode {
  feature: number
  value: number
  right: number
}
export type Tree = TreeNode[]
export interface Forest {
  bias: number
  trees: Tree[]
}

const BINS = 64

export function train(set: TrainingSet, settings: Settings): Forest {
  const { width, labels, weights } = set
  const n = labels.length
  const edges = binEdges(set)
  const binned = bin(set, edges)
  let sum = 0
  let total = 0
  for (let i = 0; i < n; i++) {
    sum += (labels[i] ?? 0) * (weights[i] ?? 0)
    total += weights[i] ?? 0
  }
  const mean = Math.min(0.99, Math.max(0.01, sum / total))
  const forest: Forest = { bias: Math.log(mean / (1 - mean)), trees: [] }
  const scores = new Float64Array(n).fill(forest.bias)
  const gradients = new Float64Array(n)
  const hessians = new Float64Array(n)
  const random = lcg(settings.seed)
  for (let t = 0; t < settings.trees; t++) {
    for (let i = 0; i < n; i++) {
      const p = 1 / (1 + Math.exp(-(scores[i] ?? 0)))
      const w = weights[i] ?? 0
      gradients[i] = w * ((labels[i] ?? 0) - p)
      hessians[i] = w * Math.max(p * (1 - p), 1e-6)
    }
    const picked = new Int32Array(n)
    let count = 0
    for (let i = 0; i < n; i++) if (random() < settings.share) picked[count++] = i
    const columns: number[] = []
    for (let f = 0; f < width; f++) if (random() < settings.columns) columns.push(f)
    const tree = grow({ binned, n, edges, gradients, hessians, columns, settings }, picked.subarray(0, count))
    forest.trees.push(tree.map(({ feature, value, right }) => ({ feature, value, right })))
    for (let i = 0; i < n; i++) scores[i] = (scores[i] ?? 0) + walkBinned(tree, binned, n, i)
  }
  return forest
}

interface Growing {
  binned: Uint8Array
  n: number
  edges: Float32Array[]
  gradients: Float64Array
  hessians: Float64Array
  columns: number[]
  settings: Settings
}

interface Split {
  gain: number
  feature: number
  bin: number
}

/** Sums of gradients and hessians by column and bin: g at even, h at odd places. */
type Histogram = Float64Array

interface Leaf {
  rows: Int32Array
  g: number
  h: number
  histogram: Histogram
  split: Split
  left?: Leaf
  right?: Leaf
}

interface BinnedNode extends TreeNode {
  bin: number
}

function grow(state: Growing, rows: Int32Array): BinnedNode[] {
  const root = leafOf(state, rows)
  const leaves = [root]
  for (let count = 1; count < state.settings.leaves; count++) {
    let best: Leaf | undefined
    for (const leaf of leaves) if (leaf.split.gain > (best?.split.gain ?? 0)) best = leaf
    if (!best) break
    const { feature, bin: at } = best.split
    const left = new Int32Array(best.rows.length)
    const right = new Int32Array(best.rows.length)
    let l = 0
    let r = 0
    const offset = feature * state.n
    for (const row of best.rows) {
      if ((state.binned[offset + row] ?? 0) <= at) left[l++] = row
      else right[r++] = row
    }
    const smaller = leafOf(state, l < r ? left.slice(0, l) : right.slice(0, r))
    const larger = leafOf(
      state,
      l < r ? right.slice(0, r) : left.slice(0, l),
      difference(best.histogram, smaller.histogram),
    )
    best.left = l < r ? smaller : larger
    best.right = l < r ? larger : smaller
    leaves.splice(leaves.indexOf(best), 1, best.left, best.right)
    best.rows = new Int32Array(0)
    best.histogram = new Float64Array(0)
  }
  const out: BinnedNode[] = []
  flatten(root, state, out)
  return out
}

function flatten(leaf: Leaf, state: Growing, out: BinnedNode[]): void {
  if (!leaf.left || !leaf.right) {
    const value = (state.settings.rate * leaf.g) / (leaf.h + state.settings.lambda)
    out.push({ feature: -1, value, right: 0, bin: 0 })
    return
  }
  const { feature, bin: at } = leaf.split
  const node: BinnedNode = { feature, value: state.edges[feature]?.[at] ?? 0, right: 0, bin: at }
  out.push(node)
  flatten(leaf.left, state, out)
  node.right = out.length
  flatten(leaf.right, state, out)
}

function difference(whole: Histogram, part: Histogram): Histogram {
  return whole.map((value, index) => value - (part[index] ?? 0))
}

function leafOf(state: Growing, rows: Int32Array, known?: Histogram): Leaf {
  let g = 0
  let h = 0
  for (const row of rows) {
    g += state.gradients[row] ?? 0
    h += state.hessians[row] ?? 0
  }
  const histogram = known ?? histogramOf(state, rows)
  return { rows, g, h, histogram, split: bestSplit(state, histogram, g, h) }
}

function histogramOf({ columns, binned, n, gradients, hessians }: Growing, rows: Int32Array): Histogram {
  const histogram = new Float64Array(columns.length * BINS * 2)
  const g = Float64Array.from(rows, (row) => gradients[row] as number)
  const h = Float64Array.from(rows, (row) => hessians[row] as number)
  for (let column = 0; column < columns.length; column++) {
    const offset = (columns[column] as number) * n
    const base = column * BINS * 2
    for (let i = 0; i < rows.length; i++) {
      const at = base + 2 * (binned[offset + (rows[i] as number)] as number)
      histogram[at] = (histogram[at] as number) + (g[i] as number)
      histogram[at + 1] = (histogram[at + 1] as number) + (h[i] as number)
    }
  }
  return histogram
}

function bestSplit({ columns, edges, settings }: Growing, histogram: Histogram, g: number, h: number): Split {
  const { lambda, minWeight } = settings
  const best: Split = { gain: 0, feature: -1, bin: 0 }
  const base = (g * g) / (h + lambda)
  columns.forEach((feature, column) => {
    let gl = 0
    let hl = 0
    const last = edges[feature]?.length ?? 0
    for (let bin = 0; bin < last; bin++) {
      const at = (column * BINS + bin) * 2
      gl += histogram[at] as number
      hl += histogram[at + 1] as number
      const hr = h - hl
      if (hl < minWeight || hr < minWeight) continue
      const gr = g - gl
      const gain = (gl * gl) / (hl + lambda) + (gr * gr) / (hr + lambda) - base
      if (gain > best.gain) Object.assign(best, { gain, feature, bin })
    }
  })
  return best
}

function walkBinned(tree: readonly BinnedNode[], binned: Uint8Array, n: number, row: number): number {
  let at = 0
  for (;;) {
    const node = tree[at] as BinnedNode
    if (node.feature < 0) return node.value
    at = (binned[node.feature * n + row] as number) <= node.bin ? at + 1 : node.right
  }
}

/** Edges of the bins of each feature: half-way between neighbouring values at quantiles of a sample, in few digits. */
function binEdges({ rows, width, labels }: TrainingSet): Float32Array[] {
  const n = labels.length
  const step = Math.max(1, Math.floor(n / 20_000))
  return Array.from({ length: width }, (_, feature) => {
    const sample: number[] = []
    for (let i = 0; i < n; i += step) sample.push(rows[i * width + feature] ?? 0)
    sample.sort((a, b) => a - b)
    const edges = new Set<number>()
    for (let bin = 1; bin < BINS; bin++) {
      const value = sample[Math.floor((bin * sample.length) / BINS)] ?? 0
      const next = sample.find((other) => other > value)
      if (next !== undefined) edges.add(shortBetween(value, next))
    }
    return new Float32Array([...edges].toSorted((a, b) => a - b))
  })
}

function shortBetween(low: number, high: number): number {
  for (let digits = 2; digits < 9; digits++) {
    const edge = Number(((low + high) / 2).toPrecision(digits))
    if (edge > low && edge < high) return edge
  }
  return low
}

function bin({ rows, width, labels }: TrainingSet, edges: readonly Float32Array[]): Uint8Array {
  const n = labels.length
  const binned = new Uint8Array(n * width)
  for (let feature = 0; feature < width; feature++) {
    const own = edges[feature] as Float32Array
    for (let i = 0; i < n; i++) {
      const value = rows[i * width + feature] as number
      binned[feature * n + i] = binOf(own, value)
    }
  }
  return binned
}

/** The first bin whose edge is not below the value. */
function binOf(edges: Float32Array, value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= (edges[middle] as number)) high = middle
    else low = middle + 1
  }
  return low
}

/** What the trees say of the row at `offset`, added up. */
export function sumOfTrees(trees: readonly Tree[], rows: Float32Array, offset: number): number {
  let sum = 0
  for (const tree of trees) {
    let at = 0
    for (;;) {
      const node = tree[at] as TreeNode
      if (node.feature < 0) {
        sum += node.value
        break
      }
      at = (rows[offset + node.feature] as number) <= node.value ? at + 1 : node.right
    }
  }
  return sum
}

export function lcg(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
