import type { Block } from '../block.ts'
import { likeness } from './likeness.ts'
import { Surroundings } from './surroundings.ts'
import { commonSubsequence, type Match } from './sequence.ts'
import { wordsOf } from './words.ts'

/** How two lists of blocks belong together. Every block of either list is in exactly one of them. */
export interface BlockMatches {
  stayed: Match[]
  moved: Match[]
  /** Two versions of one block. */
  edited: Match[]
  removed: number[]
  added: number[]
}

interface Sides {
  before: readonly Block[]
  after: readonly Block[]
}

/** What is not matched yet, in document order. */
interface Open {
  left: Set<number>
  right: Set<number>
}

/** Texts of this many words speak for themselves, wherever they stand. */
const OWN_VOICE_WORDS = 8
/** Likeness from which on two blocks of one gap are versions of each other; where the keys agree, less will do. */
const VERSION_LIKENESS = 0.4
const SAME_KEY_LIKENESS = 0.15
const SHORT_WORDS = 6
/** Pairs that are looked at within one gap. */
const MOST_PAIRS = 10_000

/**
 * Equal blocks are matched as sets before anything is compared in order: what only stands elsewhere has moved. A short
 * text means nothing without what it belongs to, so it has moved only if that came along: `Adults 8, Children 3` against
 * `Adults 3, Children 8` is no reordering.
 */
export function matchBlocks(before: readonly Block[], after: readonly Block[]): BlockMatches {
  const sides = { before, after }
  const stayed = commonSubsequence(before.map(textOf), after.map(textOf))
  const open = { left: new Set(before.keys()), right: new Set(after.keys()) }
  settle(open, stayed)
  const moved = movedBlocks(sides, open)
  settle(open, moved)
  const sameKey = sameKeyPairs(sides, open)
  settle(open, sameKey)
  const alike = alikePairs(sides, open, stayed)
  settle(open, alike)
  return { stayed, moved, edited: [...sameKey, ...alike], removed: [...open.left], added: [...open.right] }
}

function textOf({ text }: Block): string {
  return text
}

function settle(open: Open, matches: readonly Match[]): void {
  for (const { from, to } of matches) {
    open.left.delete(from)
    open.right.delete(to)
  }
}

function movedBlocks({ before, after }: Sides, open: Open): Match[] {
  if (open.left.size === 0 || open.right.size === 0) return []
  const places = new Map<string, number[]>()
  for (const to of open.right) {
    const text = after[to]?.text ?? ''
    const known = places.get(text)
    if (known) known.push(to)
    else places.set(text, [to])
  }
  const surroundings = new Surroundings(before, after)
  const moved: Match[] = []
  for (const from of open.left) {
    const block = before[from]
    const there = block && places.get(block.text)
    const at = there?.findIndex((to) => cameAlong(block, after[to], () => surroundings.agree(from, to))) ?? -1
    const to = at === -1 ? undefined : there?.splice(at, 1)[0]
    if (to !== undefined) moved.push({ from, to })
  }
  return moved
}

function cameAlong(block: Block | undefined, other: Block | undefined, hasItsNeighbour: () => boolean): boolean {
  if (!block || !other) return false
  if (wordsOf(block.text).length >= OWN_VOICE_WORDS) return true
  const isItem = block.item === true && other.item === true && block.under === other.under
  return (isItem && /\p{L}{2}/u.test(block.text)) || hasItsNeighbour()
}

function sameKeyPairs({ before, after }: Sides, open: Open): Match[] {
  const byKey = new Map<string, number>()
  for (const to of open.right) byKey.set(after[to]?.key ?? '', to)
  const pairs: Match[] = []
  for (const from of open.left) {
    const block = before[from]
    const to = block && byKey.get(block.key)
    const other = to === undefined ? undefined : after[to]
    if (to !== undefined && block && other && isSamePlace(block, other)) pairs.push({ from, to })
  }
  return pairs
}

function isSamePlace(block: Block, other: Block): boolean {
  return isShort(block) || isShort(other) || likeness(block.text, other.text) >= SAME_KEY_LIKENESS
}

function isShort({ text }: Block): boolean {
  return wordsOf(text).length <= SHORT_WORDS
}

/** Between two blocks that stayed, what was replaced by what is most like it. */
function alikePairs({ before, after }: Sides, open: Open, stayed: readonly Match[]): Match[] {
  const pairs: Match[] = []
  const rights = [...open.right]
  const lefts = [...open.left]
  let leftAt = 0
  let rightAt = 0
  for (const anchor of [...stayed, { from: before.length, to: after.length }]) {
    const leftStart = leftAt
    const rightStart = rightAt
    while (leftAt < lefts.length && (lefts[leftAt] ?? 0) < anchor.from) leftAt++
    while (rightAt < rights.length && (rights[rightAt] ?? 0) < anchor.to) rightAt++
    const gap = { left: lefts.slice(leftStart, leftAt), right: rights.slice(rightStart, rightAt) }
    if (gap.left.length * gap.right.length <= MOST_PAIRS) pairs.push(...pairsOfGap({ before, after }, gap))
  }
  return pairs
}

function pairsOfGap({ before, after }: Sides, gap: { left: number[]; right: number[] }): Match[] {
  const pairs: Match[] = []
  let rightAt = 0
  for (const from of gap.left) {
    const text = before[from]?.text ?? ''
    let best = { at: -1, likeness: VERSION_LIKENESS }
    for (let at = rightAt; at < gap.right.length; at++) {
      const alike = likeness(text, after[gap.right[at] ?? -1]?.text ?? '')
      if (alike > best.likeness || (alike === best.likeness && best.at === -1)) best = { at, likeness: alike }
    }
    const to = gap.right[best.at]
    if (to === undefined) continue
    pairs.push({ from, to })
    rightAt = best.at + 1
  }
  return pairs
}
