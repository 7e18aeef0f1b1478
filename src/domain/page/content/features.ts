import { type BoxFacts, boxFacts } from './box-facts.ts'
import { addBranch, addGroups } from './box-features.ts'
import { addNeighbours } from './neighbour-features.ts'
import { type Evidence, type Leaning, leaning } from './evidence.ts'
import { type Row, addOwn, addPath, addTag } from './own-features.ts'
import type { Outline } from './outline.ts'
import { type PageContext, type PageFacts, addPage, pageFacts } from './page-features.ts'

export interface Examined {
  page: Outline
  facts: BoxFacts[]
  texts: Leaning[]
  whole: PageFacts
}

/** One row of features for each block of a page. */
export interface FeatureTable {
  rows: Float32Array
  width: number
}

/** The highest number of features a row can have; the writers below say how many it has. */
const ROOM = 128

export function featureTable(page: Outline, context: PageContext, evidence: Evidence): FeatureTable {
  const facts = boxFacts(page, evidence)
  const texts = page.blocks.map((block) => leaning(block.tokens, (word) => evidence.ofText(word)))
  const examined: Examined = { page, facts, texts, whole: pageFacts(page, facts, context) }
  const wide = new Float32Array(ROOM)
  const row: Row = { cells: wide, at: 0 }
  let rows = new Float32Array(0)
  let width = 0
  for (let index = 0; index < page.blocks.length; index++) {
    row.at = 0
    writeRow(row, examined, index)
    if (width === 0) {
      width = row.at
      rows = new Float32Array(width * page.blocks.length)
    }
    rows.set(wide.subarray(0, width), index * width)
  }
  return { rows, width }
}

function writeRow(row: Row, examined: Examined, index: number): void {
  addOwn(row, examined, index)
  addTag(row, examined, index)
  addPath(row, examined, index)
  addGroups(row, examined, index)
  addBranch(row, examined, index)
  addNeighbours(row, examined, index)
  addPage(row, examined, index)
}
