import type { Block } from '../block.ts'

/** What blocks stand next to, told by the nearest texts that each version has exactly once: `Price` in every card is none. */
export class Surroundings {
  private readonly before: Neighbours
  private readonly after: Neighbours

  constructor(before: readonly Block[], after: readonly Block[]) {
    const counts = [countTexts(before), countTexts(after)]
    const isLandmark = ({ text }: Block) => counts.every((count) => count.get(text) === 1)
    this.before = neighbours(before, isLandmark)
    this.after = neighbours(after, isLandmark)
  }

  /** Whether the block before or the block after has come along. */
  agree(from: number, to: number): boolean {
    return (
      isSame(this.before.above[from], this.after.above[to]) || isSame(this.before.below[from], this.after.below[to])
    )
  }
}

interface Neighbours {
  above: (string | undefined)[]
  below: (string | undefined)[]
}

function isSame(text: string | undefined, other: string | undefined): boolean {
  return text !== undefined && text === other
}

function countTexts(blocks: readonly Block[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { text } of blocks) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

function neighbours(blocks: readonly Block[], isLandmark: (block: Block) => boolean): Neighbours {
  return { above: passed(blocks, isLandmark), below: passed(blocks.toReversed(), isLandmark).reverse() }
}

function passed(blocks: readonly Block[], isLandmark: (block: Block) => boolean): (string | undefined)[] {
  let last: string | undefined
  return blocks.map((block) => {
    const above = last
    if (isLandmark(block)) last = block.text
    return above
  })
}
