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

/** The highest number of features a row can have, those of the second look included. */
export const MAX_FEATURES = 256

export function examine(page: Outline, context: PageContext, evidence: Evidence): Examined {
  const facts = boxFacts(page, evidence)
  const texts = page.blocks.map((block) => leaning(block.tokens, (word) => evidence.ofText(word)))
  return { page, facts, texts, whole: pageFacts(page, facts, context) }
}

/** Writes the features of one block at the row's place: rows are never kept, for a large page has 100,000. */
export function writeFeatures(row: Row, examined: Examined, index: number): void {
  addOwn(row, examined, index)
  addTag(row, examined, index)
  addPath(row, examined, index)
  addGroups(row, examined, index)
  addBranch(row, examined, index)
  addNeighbours(row, examined, index)
  addPage(row, examined, index)
}
