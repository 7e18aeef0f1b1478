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
    const own = facts[box.id]
    const count = box.end - box.first
    add(row, box.words)
    add(row, ratio(box.linkWords, box.words))
    add(row, count)
    add(row, ratio(box.words, count))
    add(row, ratio(own?.goodWords ?? 0, whole.goodWords))
    add(row, ratio(own?.goodWords ?? 0, box.words))
    add(row, own?.twins ?? 1)
  }
  const own = facts[page.blocks[index]?.box.id ?? 0]
  add(row, own?.lookalikes ?? 1)
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
  while (box.parent && (facts[box.id]?.goodWords ?? 0) < whole.goodWords * share) {
    branch = box
    box = box.parent
    levels++
  }
  const branchFacts = branch && facts[branch.id]
  add(row, levels)
  add(row, box.depth)
  add(row, ratio(box.words, whole.words))
  add(row, branch?.words ?? 0)
  add(row, branch ? ratio(branch.linkWords, branch.words) : 0)
  add(row, ratio(branchFacts?.goodWords ?? 0, whole.goodWords))
  add(row, ratio(branchFacts?.goodWords ?? 0, branch?.words ?? 0))
  add(row, branch ? ratio(branch.position, box.children.length) : 0.5)
  add(row, branchFacts?.nameOwn ?? 0)
  add(row, branchFacts?.twins ?? 1)
}
