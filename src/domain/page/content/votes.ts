import type { Evidence } from './evidence.ts'
import type { NameLeaning } from './name-leaning.ts'
import type { Box, Outline, TextBlock } from './outline.ts'
import type { TextLeaning } from './text-leaning.ts'

/** For each block the log odds of the linear model: the sum of what all in it and around it votes for. */
export function castVotes(
  { blocks }: Outline,
  names: NameLeaning,
  texts: TextLeaning,
  { shapes, bias }: Evidence,
): Float64Array {
  const votes = new Float64Array(blocks.length)
  let heading = -1
  blocks.forEach((block, index) => {
    votes[index] =
      bias +
      (shapes[shapeOf(block)] ?? 0) +
      votesOfNames(block.box, names) +
      (texts.own[index] ?? 0) +
      (texts.next[index - 1] ?? 0) +
      (texts.last[index + 1] ?? 0) +
      (texts.below[heading] ?? 0)
    if (isHeading(block.box)) heading = index
  })
  return votes
}

function votesOfNames({ id, parent }: Box, { own, near, far }: NameLeaning): number {
  const around = parent?.parent
  return (
    (own[id] ?? 0) +
    (parent ? (near[parent.id] ?? 0) : 0) +
    (around ? (near[around.id] ?? 0) : 0) +
    (around?.parent ? (far[around.parent.id] ?? 0) : 0)
  )
}

const HEADING = /^h[1-6]$/

export function isHeading({ name, parent }: Box): boolean {
  return HEADING.test(name) || (parent !== null && HEADING.test(parent.name))
}

const LINK_STEPS = 3
const LENGTH_STEPS = 9
export const SHAPES = (LINK_STEPS + 1) * LENGTH_STEPS

/** How much of a block is linked, in thirds, and its words, in powers of two. */
export function shapeOf({ measure: { words, linkWords } }: TextBlock): number {
  const linked = words > 0 ? Math.round((linkWords / words) * LINK_STEPS) : 0
  return linked * LENGTH_STEPS + Math.min(LENGTH_STEPS - 1, Math.round(Math.log2(1 + words)))
}
