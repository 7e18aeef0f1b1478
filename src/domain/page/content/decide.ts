import { type Choice, choose } from './choose.ts'
import { dropCopies } from './drop-copies.ts'
import { keepTogether } from './keep-together.ts'
import type { Outline } from './outline.ts'
import { keepShortMain } from './short-main.ts'

/** What to keep of a page, from how probable it is of each block to be main content. */
export function decide(page: Outline, probabilities: Float32Array): Choice {
  const choice = choose(
    probabilities,
    page.blocks.map((block) => block.measure.words),
  )
  dropCopies(page, choice.chosen)
  keepShortMain(page, choice.chosen)
  keepTogether(page, choice.chosen)
  return choice
}
