import { type BoxFacts, boxFacts } from './box-facts.ts'
import { addBranch, addGroups } from './box-features.ts'
import type { Evidence } from './evidence.ts'
import { addHeadings } from './heading-features.ts'
import { Looks } from './looks.ts'
import { addNeighbours } from './neighbour-features.ts'
import type { Outline } from './outline.ts'
import { type Row, addOwn, addPairs, addPath, addTag } from './own-features.ts'
import { type PageContext, type PageFacts, addPage, pageFacts } from './page-features.ts'
import { type Sections, sectionsOf } from './sections.ts'
import { addTemplates } from './template-features.ts'
import { type Templates, templatesOf } from './templates.ts'
import { type TextLeaning, textLeaning } from './text-leaning.ts'

export interface Examined {
  page: Outline
  facts: BoxFacts
  texts: TextLeaning
  whole: PageFacts
  templates: Templates
  /** Cut at all headings, and at h1 and h2 only. */
  sections: Sections
  largeSections: Sections
}

/** One row of features for each block of a page. */
export interface FeatureTable {
  rows: Float32Array
  /** Features that are written in each row. */
  width: number
  /** From one row to the next. */
  stride: number
  /** For each box the number of its template. */
  templateOf: Int32Array
}

/** Room in a row: a little more than the features that the writers below write. */
const STRIDE = 240

/** Fresh memory costs more than all that is written into it, so tables of all but the largest pages use the same. */
const SHARED_ROWS = 4_096
let shared = new Float32Array(0)

/** The table is good until the next call. */
export function featureTable(page: Outline, context: PageContext, evidence: Evidence): FeatureTable {
  const examined = examine(page, context, evidence)
  const row: Row = { cells: roomFor(page.blocks.length), at: 0 }
  let width = 0
  for (let index = 0; index < page.blocks.length; index++) {
    row.at = index * STRIDE
    writeRow(row, examined, index)
    width = row.at - index * STRIDE
  }
  return { rows: row.cells, width, stride: STRIDE, templateOf: examined.templates.ofBox }
}

function examine(page: Outline, context: PageContext, evidence: Evidence): Examined {
  const looks = new Looks(page.boxes)
  const facts = boxFacts(page, evidence, looks)
  const texts = textLeaning(page.blocks, evidence)
  return {
    page,
    facts,
    texts,
    whole: pageFacts(page, facts, context),
    templates: templatesOf(page, facts, texts, looks),
    sections: sectionsOf(page, 6),
    largeSections: sectionsOf(page, 2),
  }
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
  addPairs(row, examined, index)
  addGroups(row, examined, index)
  addBranch(row, examined, index)
  addNeighbours(row, examined, index)
  addPage(row, examined, index)
  addTemplates(row, examined, index)
  addHeadings(row, examined, index)
}
