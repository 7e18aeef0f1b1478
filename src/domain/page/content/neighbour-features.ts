import type { Examined } from './features.ts'
import { endsSentence } from './measure.ts'
import type { TextBlock } from './outline.ts'
import { type Row, add, ratio } from './own-features.ts'
import { leaningOf } from './text-leaning.ts'

const BESIDE = [-1, 1, -2, 2]

/** The blocks before and after it, and where it stands between the first and last running text. */
export function addNeighbours(row: Row, examined: Examined, index: number): void {
  const { page, whole } = examined
  const block = page.blocks[index]
  if (!block) return
  for (const distance of BESIDE) addNeighbour(row, examined, block, index + distance)
  add(row, index - whole.firstGood)
  add(row, whole.lastGood - index)
  add(row, index - whole.titleIndex)
  add(row, ratio(whole.goodBefore[index] ?? 0, whole.goodWords))
  add(row, whole.sinceHeading[index] ?? 0)
  add(row, whole.nearGood[index] ?? 0)
}

function addNeighbour(row: Row, { page, texts, facts }: Examined, block: TextBlock, at: number): void {
  const beside = page.blocks[at]
  add(row, beside?.measure.words ?? -1)
  add(row, beside ? ratio(beside.measure.linkWords, beside.measure.words) : -1)
  add(row, leaningOf(texts, at))
  add(row, beside && endsSentence(beside.measure) ? 1 : 0)
  add(row, beside?.box === block.box || beside?.box.parent === block.box.parent ? 1 : 0)
  add(row, beside ? (facts.nameSum[beside.box.id] ?? 0) : 0)
}
