import type { Outline, TextBlock } from './outline.ts'

/** What a page says again that it has said before: a menu for small screens, a list that a carousel shows twice, a quoted post. */
export interface Copies {
  /** For each block how many blocks before it say the same. */
  earlier: Int32Array
  /** For each block the words of the run of blocks around it that stands on the page before, one after the other. */
  run: Float64Array
  /** Before each block: words in such runs. One more at the end. */
  copiedBefore: Float64Array
}

/** Shorter runs are phrases that recur, no copies. */
const RUN_WORDS = 6

export function copiesOf({ blocks }: Outline): Copies {
  const { earlier, previous } = counterparts(blocks)
  const run = new Float64Array(blocks.length)
  const copiedBefore = new Float64Array(blocks.length + 1)
  for (let from = 0; from < blocks.length;) {
    const to = endOfRun(previous, from)
    const words = wordsIn(blocks, from, to)
    if (previous[from] !== NONE) run.fill(words, from, to)
    from = to
  }
  run.forEach((words, index) => {
    const copied = words >= RUN_WORDS ? (blocks[index]?.measure.words ?? 0) : 0
    copiedBefore[index + 1] = (copiedBefore[index] ?? 0) + copied
  })
  return { earlier, run, copiedBefore }
}

const NONE = -1

/** For each block the last one before it that says the same, and how many there are. */
function counterparts(blocks: readonly TextBlock[]) {
  const earlier = new Int32Array(blocks.length)
  const previous = new Int32Array(blocks.length).fill(NONE)
  const last = new Map<number, number>()
  blocks.forEach(({ measure }, index) => {
    if (measure.words === 0) return
    const before = last.get(measure.hash)
    last.set(measure.hash, index)
    if (before === undefined) return
    previous[index] = before
    earlier[index] = (earlier[before] ?? 0) + 1
  })
  return { earlier, previous }
}

/** Neighbours whose counterparts are neighbours in the same order are one run. */
function endOfRun(previous: Int32Array, from: number): number {
  const there = previous[from] ?? NONE
  let to = from + 1
  if (there !== NONE) while (to < previous.length && previous[to] === there + to - from) to++
  return to
}

function wordsIn(blocks: readonly TextBlock[], from: number, to: number): number {
  let words = 0
  for (let index = from; index < to; index++) words += blocks[index]?.measure.words ?? 0
  return words
}
