import { type BoxFacts, isGood } from './box-facts.ts'
import type { Looks } from './looks.ts'
import type { Box, Outline } from './outline.ts'
import { type TextLeaning, leaningOf } from './text-leaning.ts'

/** Boxes, or blocks, that one template made: how many, and what they hold together. */
export interface Template {
  count: number
  words: number
  linkWords: number
  goodWords: number
}

export interface BlockTemplate extends Template {
  /** Sum of what the words of its short blocks say. */
  leaning: number
  /** Words of its longest block. */
  longest: number
}

/** An item of a repeated kind that a box stands in: a post, a card, a row. */
export interface Item {
  box: Box
  /** Boxes up to it. */
  steps: number
}

/** A page by its templates. Two boxes have one template if they and all boxes around them look alike. */
export interface Templates {
  boxes: Template[]
  /** The blocks that stand directly in boxes of the template. */
  blocks: BlockTemplate[]
  /** For each box the number of its template. */
  ofBox: Int32Array
  /** For each box how many of its template stand before it. */
  ordinal: Int32Array
  /** For each box the smallest item around it, and the largest. */
  smallest: (Item | undefined)[]
  largest: (Item | undefined)[]
}

/** This many make a repetition: two alike are often a pair of columns. */
const ITEMS = 3

export function templatesOf(page: Outline, facts: BoxFacts, texts: TextLeaning, looks: Looks) {
  const templates = numbered(page, looks)
  for (const box of page.boxes) {
    const number = templates.ofBox[box.id] ?? 0
    const template = templates.boxes[number]
    if (!template) continue
    templates.ordinal[box.id] = template.count++
    template.words += box.words
    template.linkWords += box.linkWords
    template.goodWords += facts.goodWords[box.id] ?? 0
  }
  page.blocks.forEach((block, index) => {
    const template = templates.blocks[templates.ofBox[block.box.id] ?? 0]
    if (!template) return
    const { words, linkWords } = block.measure
    template.count++
    template.words += words
    template.linkWords += linkWords
    template.goodWords += isGood(block) ? words : 0
    template.leaning += leaningOf(texts, index)
    if (words > template.longest) template.longest = words
  })
  for (const box of page.boxes) findItems(box, templates)
  return templates
}

function numbered(page: Outline, looks: Looks): Templates {
  const count = page.boxes.length
  const ofBox = new Int32Array(count)
  const boxes: Template[] = []
  const blocks: BlockTemplate[] = []
  const known = new Map<number, number>()
  for (const box of page.boxes) {
    const around = box.parent ? (ofBox[box.parent.id] ?? 0) + 1 : 0
    const key = around * count + looks.of(box)
    let number = known.get(key)
    if (number === undefined) {
      number = boxes.length
      known.set(key, number)
      boxes.push({ count: 0, words: 0, linkWords: 0, goodWords: 0 })
      blocks.push({ count: 0, words: 0, linkWords: 0, goodWords: 0, leaning: 0, longest: 0 })
    }
    ofBox[box.id] = number
  }
  return { boxes, blocks, ofBox, ordinal: new Int32Array(count), smallest: [], largest: [] }
}

function findItems(box: Box, { boxes, ofBox, smallest, largest }: Templates): void {
  const repeats = (boxes[ofBox[box.id] ?? 0]?.count ?? 0) >= ITEMS
  const own = repeats ? { box, steps: 0 } : undefined
  smallest[box.id] = own ?? oneFurther(box.parent ? smallest[box.parent.id] : undefined)
  largest[box.id] = oneFurther(box.parent ? largest[box.parent.id] : undefined) ?? own
}

function oneFurther(item: Item | undefined): Item | undefined {
  return item && { box: item.box, steps: item.steps + 1 }
}
