import type { FeatureTable } from './features.ts'
import type { Outline } from './outline.ts'
import { type Row, add, ratio } from './own-features.ts'

const BESIDE = [-3, -2, -1, 1, 2, 3]
const LEVELS = [0, 1, 2, 3, 4, 6]

/** Adds to each row what the first look thought of the blocks and boxes around, for the second look. */
export function withContext(page: Outline, first: FeatureTable, thought: Float32Array): FeatureTable {
  const { rows, stride } = first
  const sums = boxSums(page, thought)
  const twins = twinSums(page, sums)
  const row: Row = { cells: rows, at: 0 }
  let { width } = first
  for (let index = 0; index < page.blocks.length; index++) {
    row.at = index * stride + first.width
    addContext(row, page, { thought, sums, twins }, index)
    width = row.at - index * stride
  }
  return { rows, width, stride }
}

interface Thoughts {
  thought: Float32Array
  sums: BoxSums
  twins: number[]
}

interface BoxSums {
  words: Float64Array
  main: Float64Array
}

function addContext(row: Row, page: Outline, { thought, sums, twins }: Thoughts, index: number): void {
  const block = page.blocks[index]
  if (!block) return
  add(row, thought[index] ?? 0)
  for (const distance of BESIDE) add(row, thought[index + distance] ?? 0)
  let box = block.box
  let level = 0
  for (const wanted of LEVELS) {
    while (box.parent && level < wanted) {
      box = box.parent
      level++
    }
    add(row, ratio(sums.main[box.id] ?? 0, sums.words[box.id] ?? 0))
  }
  add(row, ratio(sums.main[0] ?? 0, sums.words[0] ?? 0))
  add(row, sums.main[0] ?? 0)
  for (let around: typeof box | null = block.box, step = 0; step < 4; step++) {
    add(row, around ? (twins[around.id] ?? 0) : 0)
    around = around?.parent ?? null
  }
  add(row, windowMean(thought, page, index, 8))
  add(row, windowMean(thought, page, index, 25))
}

/** Word-weighted mean over the blocks around, itself left out. */
function windowMean(thought: Float32Array, { blocks }: Outline, index: number, reach: number): number {
  let main = 0
  let words = 0
  for (let at = Math.max(0, index - reach); at <= index + reach && at < blocks.length; at++) {
    const count = at === index ? 0 : (blocks[at]?.measure.words ?? 0)
    main += count * (thought[at] ?? 0)
    words += count
  }
  return ratio(main, words)
}

function boxSums(page: Outline, thought: Float32Array): BoxSums {
  const words = new Float64Array(page.boxes.length)
  const main = new Float64Array(page.boxes.length)
  page.blocks.forEach((block, index) => {
    const { id } = block.box
    words[id] = (words[id] ?? 0) + block.measure.words
    main[id] = (main[id] ?? 0) + block.measure.words * (thought[index] ?? 0)
  })
  for (let id = page.boxes.length - 1; id > 0; id--) {
    const parent = page.boxes[id]?.parent
    if (!parent) continue
    words[parent.id] = (words[parent.id] ?? 0) + (words[id] ?? 0)
    main[parent.id] = (main[parent.id] ?? 0) + (main[id] ?? 0)
  }
  return { words, main }
}

/** For each box the mean over its siblings of the same name: repeated items share their fate. */
function twinSums(page: Outline, { words, main }: BoxSums): number[] {
  const means: number[] = []
  for (const box of page.boxes) {
    const groups = new Map<string, [main: number, words: number]>()
    for (const child of box.children) {
      const [groupMain, groupWords] = groups.get(child.name) ?? [0, 0]
      groups.set(child.name, [groupMain + (main[child.id] ?? 0), groupWords + (words[child.id] ?? 0)])
    }
    for (const child of box.children) {
      const [groupMain, groupWords] = groups.get(child.name) ?? [0, 0]
      means[child.id] = ratio(groupMain, groupWords)
    }
  }
  return means
}
