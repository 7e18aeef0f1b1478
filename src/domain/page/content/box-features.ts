import type { Examined } from './features.ts'
import type { Box } from './outline.ts'
import { type Row, add, ratio } from './own-features.ts'

const LEVELS = [0, 1, 2, 3, 5]

/** The boxes around the block, at growing distance: how much text they hold, how linked it is, how often they repeat. */
export function addGroups(row: Row, { page, facts, whole }: Examined, index: number): void {
  let box = page.blocks[index]?.box
  let level = 0
  for (const wanted of LEVELS) {
    while (box?.parent && level < wanted) {
      box = box.parent
      level++
    }
    if (!box) return
    const goodWords = facts.goodWords[box.id] ?? 0
    const count = box.end - box.first
    add(row, box.words)
    add(row, ratio(box.linkWords, box.words))
    add(row, count)
    add(row, ratio(box.words, count))
    add(row, ratio(goodWords, whole.goodWords))
    add(row, ratio(goodWords, box.words))
    add(row, facts.twins[box.id] ?? 1)
  }
  add(row, facts.lookalikes[page.blocks[index]?.box.id ?? 0] ?? 1)
}

/**
 * The smallest box around the block that holds half of the page's running text, and the branch of it that the block is
 * on: a sidebar or a footer is a branch beside the one with the text.
 */
export function addBranch(row: Row, examined: Examined, index: number): void {
  const box = examined.page.blocks[index]?.box
  if (!box) return
  addBranchAt(row, examined, box, 0.5)
  addBranchAt(row, examined, box, 0.85)
}

function addBranchAt(row: Row, { facts, whole }: Examined, start: Box, share: number): void {
  let branch: Box | undefined
  let box: Box = start
  let levels = 0
  while (box.parent && (facts.goodWords[box.id] ?? 0) < whole.goodWords * share) {
    branch = box
    box = box.parent
    levels++
  }
  const goodWords = branch ? (facts.goodWords[branch.id] ?? 0) : 0
  add(row, levels)
  add(row, box.depth)
  add(row, ratio(box.words, whole.words))
  add(row, branch?.words ?? 0)
  add(row, branch ? ratio(branch.linkWords, branch.words) : 0)
  add(row, ratio(goodWords, whole.goodWords))
  add(row, ratio(goodWords, branch?.words ?? 0))
  add(row, branch ? ratio(branch.position, box.children.length) : 0.5)
  add(row, branch ? (facts.nameOwn[branch.id] ?? 0) : 0)
  add(row, branch ? (facts.twins[branch.id] ?? 1) : 1)
}
