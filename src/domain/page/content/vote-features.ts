import type { Box, Outline } from './outline.ts'
import { type Row, add, ratio } from './own-features.ts'
import type { Templates } from './templates.ts'

/** The votes on each block, and on all around it. */
export interface Votes {
  ofBlock: Float64Array
  /** Mean over the blocks of each template. */
  ofTemplate: Float64Array
  /** Sums before each block, by its words, and the weights that they were summed with. One more at the end. */
  before: Float64Array
  weightBefore: Float64Array
}

export function countedVotes({ blocks, boxes }: Outline, templates: Templates, ofBlock: Float64Array): Votes {
  const ofTemplate = new Float64Array(boxes.length)
  const before = new Float64Array(blocks.length + 1)
  const weightBefore = new Float64Array(blocks.length + 1)
  blocks.forEach(({ box, measure }, index) => {
    const vote = ofBlock[index] ?? 0
    const weight = measure.words + 0.5
    const template = templates.ofBox[box.id] ?? 0
    ofTemplate[template] = (ofTemplate[template] ?? 0) + vote
    before[index + 1] = (before[index] ?? 0) + vote * weight
    weightBefore[index + 1] = (weightBefore[index] ?? 0) + weight
  })
  templates.blocks.forEach(({ count }, template) => {
    if (count > 0) ofTemplate[template] = (ofTemplate[template] ?? 0) / count
  })
  return { ofBlock, ofTemplate, before, weightBefore }
}

const LEVELS = [1, 2, 4]
const BESIDE = 3

interface Voted {
  page: Outline
  templates: Templates
  votes: Votes
}

/** What the linear model thinks of the block, of what its template made, of what stands around it, and of the page. */
export function addVotes(row: Row, { page, templates, votes }: Voted, index: number): void {
  let box: Box | undefined = page.blocks[index]?.box
  if (!box) return
  const count = page.blocks.length
  add(row, votes.ofBlock[index] ?? 0)
  add(row, votes.ofTemplate[templates.ofBox[box.id] ?? 0] ?? 0)
  let level = 0
  for (const wanted of LEVELS) {
    while (box.parent && level < wanted) {
      box = box.parent
      level++
    }
    add(row, mean(votes, box.first, box.end))
  }
  add(row, mean(votes, Math.max(0, index - BESIDE), index))
  add(row, mean(votes, index + 1, Math.min(count, index + 1 + BESIDE)))
  add(row, mean(votes, 0, count))
}

function mean({ before, weightBefore }: Votes, from: number, to: number): number {
  return ratio((before[to] ?? 0) - (before[from] ?? 0), (weightBefore[to] ?? 0) - (weightBefore[from] ?? 0))
}
