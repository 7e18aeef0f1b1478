import { Element } from 'domhandler'
import { attribute } from '../tree/reading-nodes.ts'
import type { Evidence } from './evidence.ts'
import type { Looks } from './looks.ts'
import { NameLeaning } from './name-leaning.ts'
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

/** What is known of a box beside its text, most of it handed down from the boxes around it. */
export interface BoxFacts {
  places: number
  listDepth: number
  nameOwn: number
  nameMost: number
  nameLeast: number
  nameSum: number
  /** The same by pairs of words that follow each other in a name. */
  pairOwn: number
  pairMost: number
  pairLeast: number
  pairSum: number
  /** Words in running text: blocks that are long and hardly linked. */
  goodWords: number
  /** Siblings that look alike, itself included. */
  twins: number
  /** How many boxes of this look the page has. */
  lookalikes: number
}

export function isGood({ measure }: TextBlock): boolean {
  return measure.words >= 12 && measure.linkWords < measure.words * 0.35
}

export function boxFacts(page: Outline, evidence: Evidence, looks: Looks): BoxFacts[] {
  const facts: BoxFacts[] = []
  const leaning = new NameLeaning(evidence)
  for (const box of page.boxes) {
    facts.push(factsOf(box, box.parent ? facts[box.parent.id] : undefined, leaning))
  }
  for (const box of page.boxes) {
    const own = facts[box.id]
    if (own) own.lookalikes = looks.count(box)
    if (box.children.length > 1) countTwins(box, looks, facts)
  }
  addGoodWords(page, facts)
  return facts
}

function factsOf(box: Box, around: BoxFacts | undefined, leaning: NameLeaning): BoxFacts {
  const nameOwn = leaning.of(box)
  const pairOwn = leaning.ofPairs(box)
  const place = placeOf(box)
  return {
    places: (around?.places ?? 0) | place,
    listDepth: (around?.listDepth ?? 0) + (box.name === 'ul' || box.name === 'ol' ? 1 : 0),
    nameOwn,
    nameMost: Math.max(around?.nameMost ?? 0, nameOwn),
    nameLeast: Math.min(around?.nameLeast ?? 0, nameOwn),
    nameSum: (around?.nameSum ?? 0) * 0.8 + nameOwn,
    pairOwn,
    pairMost: Math.max(around?.pairMost ?? 0, pairOwn),
    pairLeast: Math.min(around?.pairLeast ?? 0, pairOwn),
    pairSum: (around?.pairSum ?? 0) * 0.8 + pairOwn,
    goodWords: 0,
    twins: 1,
    lookalikes: 1,
  }
}

function placeOf(box: Box): number {
  if (!(box.node instanceof Element)) return 0
  const name = PLACE_OF_ROLE[attribute(box.node, 'role').toLowerCase()] ?? PLACE_OF_NAME[box.name] ?? box.name
  const index = PLACES.indexOf(name as Place)
  return index < 0 ? 0 : 1 << index
}

export function stands(facts: BoxFacts, place: Place): number {
  return (facts.places >> PLACES.indexOf(place)) & 1
}

function countTwins(box: Box, looks: Looks, facts: BoxFacts[]): void {
  const counts = new Map<number, number>()
  for (const child of box.children) {
    if (child.first < child.end) counts.set(looks.of(child), (counts.get(looks.of(child)) ?? 0) + 1)
  }
  for (const child of box.children) {
    const own = facts[child.id]
    if (own) own.twins = counts.get(looks.of(child)) ?? 1
  }
}

function addGoodWords(page: Outline, facts: BoxFacts[]): void {
  for (const block of page.blocks) {
    const own = facts[block.box.id]
    if (own && isGood(block)) own.goodWords += block.measure.words
  }
  // Children come after their parents in the list: from the end, every child is complete before it is added.
  for (let id = page.boxes.length - 1; id > 0; id--) {
    const parent = page.boxes[id]?.parent
    const around = parent ? facts[parent.id] : undefined
    if (around) around.goodWords += facts[id]?.goodWords ?? 0
  }
}
