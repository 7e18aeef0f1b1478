import { isGood } from './box-facts.ts'
import type { Outline, TextBlock } from './outline.ts'

/** A heading and the text up to the next. */
export interface Section {
  /** Block index of the heading; -1 for what stands before the first. */
  heading: number
  /** Level of the heading, 1 to 6, or 9 without one. */
  level: number
  /** The block after its last. */
  end: number
  words: number
  linkWords: number
  goodWords: number
}

/** A page cut at headings. */
export interface Sections {
  list: Section[]
  /** For each block the place of its section in the list. */
  ofBlock: Int32Array
}

const NO_HEADING = 9

/** Cuts at headings of a level up to `lowest`. */
export function sectionsOf({ blocks }: Outline, lowest: number): Sections {
  const ofBlock = new Int32Array(blocks.length)
  let section = newSection(-1, NO_HEADING)
  const list = [section]
  blocks.forEach((block, index) => {
    const level = headingLevel(block)
    if (level <= lowest) {
      section = newSection(index, level)
      list.push(section)
    }
    const { words, linkWords } = block.measure
    ofBlock[index] = list.length - 1
    section.end = index + 1
    section.words += words
    section.linkWords += linkWords
    if (isGood(block)) section.goodWords += words
  })
  return { list, ofBlock }
}

function newSection(heading: number, level: number): Section {
  return { heading, level, end: 0, words: 0, linkWords: 0, goodWords: 0 }
}

function headingLevel({ box }: TextBlock): number {
  return levelOf(box.name) ?? (box.parent ? levelOf(box.parent.name) : undefined) ?? NO_HEADING
}

function levelOf(name: string): number | undefined {
  return name.length === 2 && /^h[1-6]$/.test(name) ? Number(name[1]) : undefined
}
