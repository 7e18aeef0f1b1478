import type { Block } from '../../block.ts'
import type { BlockChange } from '../change.ts'
import { diffBlocks } from '../diff-blocks.ts'

/** A line of a difference that is shown: a change, a block that stays, or how many stay that are not shown. */
export type Row = BlockChange | { kind: 'same'; text: string } | { kind: 'skipped'; count: number }

/** Changes among the blocks around them; `context` blocks on each side are shown. */
export function diffRows(before: readonly Block[], after: readonly Block[], context: number): Row[] {
  const { blocks } = diffBlocks(before, after)
  const changed = new Set(blocks.filter(({ kind }) => kind !== 'removed').map(({ to }) => to))
  const rows: Row[] = []
  let next = 0
  for (let to = 0; to <= after.length; to++) {
    for (let change = blocks[next]; change && change.to <= to; change = blocks[++next]) rows.push(change)
    const block = after[to]
    if (block && !changed.has(to)) rows.push({ kind: 'same', text: block.text })
  }
  return folded(rows, context)
}

function folded(rows: readonly Row[], context: number): Row[] {
  const near = new Uint8Array(rows.length)
  rows.forEach((row, at) => {
    if (row.kind !== 'same') near.fill(1, Math.max(0, at - context), at + context + 1)
  })
  const shown: Row[] = []
  rows.forEach((row, at) => {
    const last = shown.at(-1)
    if (near[at] === 1) shown.push(row)
    else if (last?.kind === 'skipped') last.count++
    else shown.push({ kind: 'skipped', count: 1 })
  })
  return shown
}
