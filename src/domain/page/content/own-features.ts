import { BLOCK } from '../tree/element-kinds.ts'
import { PLACES, stands } from './box-facts.ts'
import type { Examined } from './features.ts'
import { endsSentence } from './measure.ts'
import type { Box } from './outline.ts'

/** A row of features being written. */
export interface Row {
  cells: Float32Array
  at: number
}

export function add(row: Row, value: number): void {
  row.cells[row.at++] = value
}

export function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}

/** The block's own text. */
export function addOwn(row: Row, { page, texts, whole }: Examined, index: number): void {
  const block = page.blocks[index]
  if (!block) return
  const { measure, tokens, images } = block
  add(row, measure.words)
  add(row, ratio(measure.linkWords, measure.words))
  add(row, ratio(measure.characters, measure.words))
  add(row, ratio(measure.digits, measure.characters))
  add(row, ratio(measure.capitals, measure.words))
  add(row, ratio(measure.sentenceMarks, measure.words))
  add(row, measure.commas)
  add(row, measure.currency)
  add(row, measure.separators)
  add(row, endsSentence(measure) ? 1 : 0)
  add(row, images)
  add(row, texts.most[index] ?? 0)
  add(row, texts.least[index] ?? 0)
  add(row, texts.mean[index] ?? 0)
  add(row, texts.pairMost[index] ?? 0)
  add(row, texts.pairLeast[index] ?? 0)
  add(row, titleOverlap(tokens, whole.titleWords))
  add(row, whole.repeats[index] ?? 1)
}

function titleOverlap(tokens: readonly string[], title: ReadonlySet<string>): number {
  let shared = 0
  for (const token of tokens) if (title.has(token)) shared++
  return ratio(shared, tokens.length)
}

const TAGS: readonly (readonly string[])[] = [
  ['h1'],
  ['h2'],
  ['h3', 'h4', 'h5', 'h6'],
  ['li'],
  ['td', 'th'],
  ['p'],
  ['pre', 'listing'],
  ['dt', 'dd'],
  ['blockquote'],
  ['figcaption', 'caption'],
  ['button'],
  ['label', 'legend'],
  ['summary'],
  ['a'],
  ['span'],
]
const KIND_OF_TAG = new Map(TAGS.flatMap((names, kind) => names.map((name) => [name, kind])))
const STEPS = 4

/** The kind of the nearest meaningful box: a heading's text may stand in a span of it. */
export function addTag(row: Row, { page }: Examined, index: number): void {
  const box = page.blocks[index]?.box
  let kind = -1
  for (
    let around: Box | null | undefined = box, steps = 0;
    around && steps < STEPS && kind < 0;
    around = around.parent, steps++
  ) {
    const { name } = around
    kind = KIND_OF_TAG.get(name) ?? -1
    if (kind >= 13 && !BLOCK.has(name) && steps < STEPS - 1) kind = -1
  }
  for (let tag = 0; tag < TAGS.length; tag++) add(row, tag === kind ? 1 : 0)
  add(row, box?.inLink ? 1 : 0)
  add(row, box?.hidden ? 1 : 0)
}

/** The boxes around it: landmarks, and what their names say. */
export function addPath(row: Row, { page, facts }: Examined, index: number): void {
  const box = page.blocks[index]?.box
  if (!box) return
  const { id } = box
  add(row, box.depth)
  for (const place of PLACES) add(row, stands(facts, box, place))
  add(row, facts.listDepth[id] ?? 0)
  add(row, facts.nameOwn[id] ?? 0)
  add(row, facts.nameMost[id] ?? 0)
  add(row, facts.nameLeast[id] ?? 0)
  add(row, facts.nameSum[id] ?? 0)
  let around = box.parent
  for (let level = 0; level < 4; level++) {
    add(row, around ? (facts.nameOwn[around.id] ?? 0) : 0)
    around = around?.parent ?? null
  }
}

/** What the pairs of words in those names say. */
export function addPairs(row: Row, { page, facts }: Examined, index: number): void {
  const box = page.blocks[index]?.box
  if (!box) return
  const { id } = box
  add(row, facts.pairOwn[id] ?? 0)
  add(row, facts.pairMost[id] ?? 0)
  add(row, facts.pairLeast[id] ?? 0)
  add(row, facts.pairSum[id] ?? 0)
  let around = box.parent
  for (let level = 0; level < 4; level++) {
    add(row, around ? (facts.pairOwn[around.id] ?? 0) : 0)
    around = around?.parent ?? null
  }
}
