import type { ChildNode, ParentNode } from 'domhandler'
import type { Resolver } from '../links/resolve.ts'
import { writeBlocks } from './blocks.ts'
import { writeLine } from './inline.ts'
import { type Writing, findHoldingBlocks } from './writing.ts'

/** The tree below `root`, without what `drops` names, as CommonMark with GFM tables, task lists and strikethrough. */
export function writeMarkdown(root: ParentNode, resolver: Resolver, drops: (node: ChildNode) => boolean): string {
  const writing: Writing = {
    resolver,
    drops,
    holdingBlocks: findHoldingBlocks(root),
    blocksOf: (node) => writeBlocks(writing, node),
    lineOf: (nodes) => writeLine(writing, nodes),
    link: undefined,
  }
  const blocks = writing.blocksOf(root)
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`
}
