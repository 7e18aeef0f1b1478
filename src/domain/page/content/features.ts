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
  /** Features that are written in each row. */
  width: number
  /** From one row to the next; what lies beyond `width` is room for more. */
  stride: number
}

/** The highest number of features a row can have, those of the second look included; the writers say how many it has. */
const STRIDE = 192

/** Fresh memory costs more than all that is written into it, so tables of all but the largest pages use the same. */
const SHARED_ROWS = 4_096
let shared = new Float32Array(0)

/** The table is good until the next call. */
export function featureTable(page: Outline, context: PageContext, evidence: Evidence): FeatureTable {
  const facts = boxFacts(page, evidence)
  const texts = page.blocks.map((block) => leaning(block.tokens, (word) => evidence.ofText(word)))
  const examined: Examined = { page, facts, texts, whole: pageFacts(page, facts, context) }
  const row: Row = { cells: roomFor(page.blocks.length), at: 0 }
  let width = 0
  for (let index = 0; index < page.blocks.length; index++) {
    row.at = index * STRIDE
    writeRow(row, examined, index)
    width = row.at - index * STRIDE
  }
  return { rows: row.cells, width, stride: STRIDE }
}

function roomFor(rows: number): Float32Array {
  if (rows > SHARED_ROWS) return new Float32Array(rows * STRIDE)
  if (shared.length < rows * STRIDE) shared = new Float32Array(Math.min(rows * 2, SHARED_ROWS) * STRIDE)
  return shared
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
