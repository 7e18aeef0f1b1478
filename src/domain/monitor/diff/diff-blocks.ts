import type { Block } from '../block.ts'
import type { BlockChange, BlockDiff } from './change.ts'
import { matchBlocks } from './match-blocks.ts'
import type { Match } from './sequence.ts'
import { wordDiff, wordsOf } from './words.ts'

/** What has changed between two versions of a page, and how much of it: changed words / words of the longer version. */
export function diffBlocks(before: readonly Block[], after: readonly Block[]): BlockDiff {
  const matches = matchBlocks(before, after)
  const placed: Placed[] = []
  const words = { added: 0, removed: 0 }
  for (const match of matches.edited) {
    const edit = editedChange(match, before, after)
    words.added += edit.added
    words.removed += edit.removed
    if (edit.change) placed.push({ at: match.to, change: edit.change })
  }
  for (const { from, to } of matches.moved) {
    const { key, under, text } = at(after, to)
    placed.push({ at: to, change: { kind: 'moved', key, under, from, to, text } })
  }
  for (const to of matches.added) {
    const { key, under, text } = at(after, to)
    words.added += wordsOf(text).length
    placed.push({ at: to, change: { kind: 'added', key, under, to, text } })
  }
  const stood = placeOf([...matches.stayed, ...matches.edited])
  for (const from of matches.removed) {
    const { key, under, text } = at(before, from)
    words.removed += wordsOf(text).length
    placed.push({ at: stood(from), change: { kind: 'removed', key, under, from, text } })
  }
  const longer = Math.max(countWords(before), countWords(after))
  const changedRatio = longer === 0 ? 0 : Math.min(1, Math.max(words.added, words.removed) / longer)
  return {
    blocks: placed.sort((one, other) => one.at - other.at).map(({ change }) => change),
    summary: { ...words, moved: matches.moved.length, changedRatio },
  }
}

interface Placed {
  /** Place in the later version. */
  at: number
  change: BlockChange
}

function editedChange({ from, to }: Match, before: readonly Block[], after: readonly Block[]) {
  const old = at(before, from)
  const { key, under, text } = at(after, to)
  const { runs, added, removed } = wordDiff(old.text, text)
  if (added + removed === 0) return { added, removed, change: undefined }
  const change: BlockChange = { kind: 'changed', key, under, from, to, before: old.text, after: text, words: runs }
  return { added, removed, change }
}

function countWords(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + wordsOf(text).length, 0)
}

/** Where in the later version a block that is gone would stand: right after what stood before it. */
function placeOf(matches: readonly Match[]): (from: number) => number {
  const kept = matches.toSorted((one, other) => one.from - other.from)
  return (from) => {
    let place = -0.5
    for (const match of kept) {
      if (match.from > from) break
      place = match.to + 0.5
    }
    return place
  }
}

function at(blocks: readonly Block[], index: number): Block {
  return blocks[index] ?? { key: '', text: '', under: '' }
}
