import { Element } from '../tree/nodes.ts'
import { attribute } from '../tree/reading-nodes.ts'
import type { Looks } from './looks.ts'
import type { NameLeaning } from './name-leaning.ts'
import type { Box, Outline, TextBlock } from './outline.ts'

/** Landmarks and containers that a box can stand in. */
export const PLACES = [
  'main',
  'article',
  'section',
  'nav',
  'header',
  'footer',
  'aside',
  'form',
  'table',
  'ul',
  'dialog',
] as const
export type Place = (typeof PLACES)[number]

const PLACE_OF_ROLE: { [role: string]: Place } = {
  main: 'main',
  article: 'article',
  navigation: 'nav',
  banner: 'header',
  contentinfo: 'footer',
  complementary: 'aside',
  search: 'form',
  dialog: 'dialog',
  alertdialog: 'dialog',
  menu: 'nav',
  menubar: 'nav',
  tablist: 'nav',
  feed: 'main',
}
const PLACE_OF_NAME: { [name: string]: Place } = { ol: 'ul', menu: 'nav', dl: 'ul' }

/** What is known of each box beside its text, by its id; most of it is handed down from the boxes around it. */
export interface BoxFacts {
  /** One bit for each of `PLACES`. */
  places: Int32Array
  listDepth: Int32Array
  nameOwn: Float64Array
  nameMost: Float64Array
  nameLeast: Float64Array
  nameSum: Float64Array
  /** The same by pairs of words that follow each other in a name. */
  pairOwn: Float64Array
  pairMost: Float64Array
  pairLeast: Float64Array
  pairSum: Float64Array
  /** Words in running text: blocks that are long and hardly linked. */
  goodWords: Int32Array
  /** Siblings that look alike, itself included. */
  twins: Int32Array
  /** How many boxes of this look the page has. */
  lookalikes: Int32Array
}

export function isGood({ measure }: TextBlock): boolean {
  return measure.words >= 12 && measure.linkWords < measure.words * 0.35
}

export function boxFacts(page: Outline, names: NameLeaning, looks: Looks): BoxFacts {
  const facts = newFacts(page.boxes.length)
  for (const box of page.boxes) {
    handDown(facts, box)
    addNames(facts, box, names)
    facts.lookalikes[box.id] = looks.count(box)
  }
  for (const box of page.boxes) if (box.children.length > 1) countTwins(box, looks, facts)
  addGoodWords(page, facts)
  return facts
}

function newFacts(boxes: number): BoxFacts {
  return {
    places: new Int32Array(boxes),
    listDepth: new Int32Array(boxes),
    nameOwn: new Float64Array(boxes),
    nameMost: new Float64Array(boxes),
    nameLeast: new Float64Array(boxes),
    nameSum: new Float64Array(boxes),
    pairOwn: new Float64Array(boxes),
    pairMost: new Float64Array(boxes),
    pairLeast: new Float64Array(boxes),
    pairSum: new Float64Array(boxes),
    goodWords: new Int32Array(boxes),
    twins: new Int32Array(boxes).fill(1),
    lookalikes: new Int32Array(boxes),
  }
}

function handDown({ places, listDepth }: BoxFacts, box: Box): void {
  const { id, name, parent } = box
  places[id] = (parent ? (places[parent.id] ?? 0) : 0) | placeOf(box)
  listDepth[id] = (parent ? (listDepth[parent.id] ?? 0) : 0) + (name === 'ul' || name === 'ol' ? 1 : 0)
}

const OUTWARD = 0.8

function addNames(facts: BoxFacts, { id, parent }: Box, names: NameLeaning): void {
  const words = names.words[id] ?? 0
  const pairs = names.pairs[id] ?? 0
  const around = parent?.id ?? -1
  facts.nameOwn[id] = words
  facts.nameMost[id] = Math.max(facts.nameMost[around] ?? 0, words)
  facts.nameLeast[id] = Math.min(facts.nameLeast[around] ?? 0, words)
  facts.nameSum[id] = (facts.nameSum[around] ?? 0) * OUTWARD + words
  facts.pairOwn[id] = pairs
  facts.pairMost[id] = Math.max(facts.pairMost[around] ?? 0, pairs)
  facts.pairLeast[id] = Math.min(facts.pairLeast[around] ?? 0, pairs)
  facts.pairSum[id] = (facts.pairSum[around] ?? 0) * OUTWARD + pairs
}

function placeOf(box: Box): number {
  if (!(box.node instanceof Element)) return 0
  const name = PLACE_OF_ROLE[attribute(box.node, 'role').toLowerCase()] ?? PLACE_OF_NAME[box.name] ?? box.name
  const index = PLACES.indexOf(name as Place)
  return index < 0 ? 0 : 1 << index
}

/** 1 where the box stands in such a place, else 0. */
export function stands({ places }: BoxFacts, { id }: Box, place: Place): number {
  return ((places[id] ?? 0) >> PLACES.indexOf(place)) & 1
}

function countTwins(box: Box, looks: Looks, { twins }: BoxFacts): void {
  const counts = new Map<number, number>()
  for (const child of box.children) {
    if (child.first < child.end) counts.set(looks.of(child), (counts.get(looks.of(child)) ?? 0) + 1)
  }
  for (const child of box.children) twins[child.id] = counts.get(looks.of(child)) ?? 1
}

function addGoodWords({ blocks, boxes }: Outline, { goodWords }: BoxFacts): void {
  for (const block of blocks) {
    const { id } = block.box
    if (isGood(block)) goodWords[id] = (goodWords[id] ?? 0) + block.measure.words
  }
  // Children come after their parents in the list: from the end, every child is complete before it is added.
  for (let id = boxes.length - 1; id > 0; id--) {
    const around = boxes[id]?.parent?.id ?? 0
    goodWords[around] = (goodWords[around] ?? 0) + (goodWords[id] ?? 0)
  }
}
