import { type BoxFacts, boxFacts } from './box-facts.ts'
import { addBranch, addGroups } from './box-features.ts'
import type { Evidence } from './evidence.ts'
import { type Copies, copiesOf } from './copies.ts'
import { addCopies } from './copy-features.ts'
import { type Stated, addStated, statedOf } from './stated-features.ts'
import { addHeadings } from './heading-features.ts'
import { Looks } from './looks.ts'
import { nameLeaning } from './name-leaning.ts'
import { addNeighbours } from './neighbour-features.ts'
import type { Outline } from './outline.ts'
import { type Row, addOwn, addPairs, addPath, addTag } from './own-features.ts'
import { type PageContext, type PageFacts, addPage, pageFacts } from './page-features.ts'
import { type Sections, sectionsOf } from './sections.ts'
import { type Votes, addVotes, countedVotes } from './vote-features.ts'
import { castVotes } from './votes.ts'
import { addTemplates } from './template-features.ts'
import { type Templates, templatesOf } from './templates.ts'
import { type TextLeaning, textLeaning } from './text-leaning.ts'

export interface Examined {
  page: Outline
  facts: BoxFacts
  texts: TextLeaning
  whole: PageFacts
  templates: Templates
  copies: Copies
  stated: Stated
  votes: Votes
  /** Cut at all headings, and at h1 and h2 only. */
  sections: Sections
  largeSections: Sections
}

/** One row of features for each of several blocks that follow each other. */
export interface FeatureRows {
  cells: Float32Array
  /** Features that are written in each row. */
  width: number
  /** From one row to the next. */
  stride: number
}

/** Room in a row: a little more than the features that the writers below write. */
const STRIDE = 264

/** As many rows are worked on at a time: few enough to stay in the processor's cache, whatever the size of the page. */
export const ROWS_AT_ONCE = 512
let shared = new Float32Array(0)

/** The features of up to `ROWS_AT_ONCE` blocks from `from` on. The rows are good until the next call. */
export function featureRows(examined: Examined, from: number, to: number): FeatureRows {
  if (shared.length === 0) shared = new Float32Array(ROWS_AT_ONCE * STRIDE)
  const row: Row = { cells: shared, at: 0 }
  let width = 0
  for (let index = from; index < to; index++) {
    const start = (index - from) * STRIDE
    row.at = start
    writeRow(row, examined, index)
    width = row.at - start
  }
  return { cells: shared, width, stride: STRIDE }
}

/** What the features of all blocks are drawn from. `votes`: those of the linear model, where they are not to be found out. */
export function examine(page: Outline, context: PageContext, evidence: Evidence, votes?: Float64Array): Examined {
  const looks = new Looks(page.boxes)
  const names = nameLeaning(page.boxes, evidence)
  const facts = boxFacts(page, names, looks)
  const texts = textLeaning(page.blocks, evidence)
  const templates = templatesOf(page, facts, texts, looks)
  return {
    page,
    facts,
    texts,
    whole: pageFacts(page, facts, context),
    templates,
    copies: copiesOf(page),
    votes: countedVotes(page, templates, votes ?? castVotes(page, names, texts, evidence)),
    stated: statedOf(page.blocks, context.description, context.data),
    sections: sectionsOf(page, 6),
    largeSections: sectionsOf(page, 2),
  }
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
  addCopies(row, examined, index)
  addStated(row, examined, index)
  addVotes(row, examined, index)
}
