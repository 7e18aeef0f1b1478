import type { Examined } from './features.ts'
import { type Row, add, ratio } from './own-features.ts'
import type { Sections } from './sections.ts'
import { leaningOf } from './text-leaning.ts'

const LEVELS = [1, 2, 3, 5]

/** What the headings above the block say and announce, and what the boxes around it begin with. */
export function addHeadings(row: Row, examined: Examined, index: number): void {
  const { page, texts, sections, largeSections } = examined
  addSection(row, examined, sections, index)
  addSection(row, examined, largeSections, index)
  let box = page.blocks[index]?.box
  let level = 0
  for (const wanted of LEVELS) {
    while (box?.parent && level < wanted) {
      box = box.parent
      level++
    }
    add(row, box && box.id > 0 ? leaningOf(texts, box.first) : 0)
  }
}

function addSection(
  row: Row,
  { page, texts, facts, whole }: Examined,
  { ofBlock, list }: Sections,
  index: number,
): void {
  const number = ofBlock[index] ?? 0
  const section = list[number]
  if (!section) return
  const heading = page.blocks[section.heading]
  add(row, section.level)
  add(row, leaningOf(texts, section.heading))
  add(row, texts.mean[section.heading] ?? 0)
  add(row, heading ? (facts.nameSum[heading.box.id] ?? 0) : 0)
  add(row, index - section.heading)
  add(row, section.words)
  add(row, ratio(section.linkWords, section.words))
  add(row, ratio(section.goodWords, section.words))
  add(row, ratio(section.words, whole.words))
  add(row, section.end - section.heading)
  add(row, ratio(number, list.length))
}
