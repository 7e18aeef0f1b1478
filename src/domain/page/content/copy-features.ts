import type { Examined } from './features.ts'
import type { Box } from './outline.ts'
import { type Row, add, ratio } from './own-features.ts'

const LEVELS = [1, 3]

/** Whether the block, and the boxes around it, say what the page has said before. */
export function addCopies(row: Row, { page, copies, templates }: Examined, index: number): void {
  let box = page.blocks[index]?.box
  if (!box) return
  const item = templates.smallest[box.id]?.box ?? box
  add(row, copies.earlier[index] ?? 0)
  add(row, copies.run[index] ?? 0)
  let level = 0
  for (const wanted of LEVELS) {
    while (box.parent && level < wanted) {
      box = box.parent
      level++
    }
    add(row, shareCopied(copies.copiedBefore, box))
  }
  add(row, shareCopied(copies.copiedBefore, item))
}

function shareCopied(copiedBefore: Float64Array, { first, end, words }: Box): number {
  return ratio((copiedBefore[end] ?? 0) - (copiedBefore[first] ?? 0), words)
}
