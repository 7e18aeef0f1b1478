import type { Element } from '../tree/nodes.ts'
import type { Selection } from '../content/selection.ts'
import type { Resolver } from '../links/resolve.ts'
import { writeBlocks } from './blocks.ts'
import { writeLine } from './inline.ts'
import type { Writing } from './writing.ts'

/** A selection as CommonMark with GFM tables, task lists and strikethrough. */
export function writeMarkdown(
  { root, drops }: Selection,
  resolver: Resolver,
  holdingBlocks: ReadonlySet<Element>,
): string {
  const writing: Writing = {
    resolver,
    drops,
    holdingBlocks,
    blocksOf: (node) => writeBlocks(writing, node),
    lineOf: (nodes) => writeLine(writing, nodes),
    link: undefined,
    level: 0,
  }
  const blocks = writing.blocksOf(root)
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`
}
