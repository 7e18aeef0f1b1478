import { type ChildNode, Element, type ParentNode } from '../tree/nodes.ts'
import type { Resolver } from '../links/resolve.ts'
import { BLOCK } from '../tree/element-kinds.ts'

/** What is being written: which part of a tree, and how its addresses resolve. */
export interface Writing {
  resolver: Resolver
  /** Not part of the content; nothing inside is either. */
  drops: (node: ChildNode) => boolean
  /** Inline elements that have blocks inside, which therefore are laid out as blocks. */
  holdingBlocks: ReadonlySet<Element>
  /** Writes the content of an element as blocks, each without trailing line break. */
  blocksOf: (node: ParentNode) => string[]
  /** Writes nodes that stand in one line; '' when nothing is left of them. */
  lineOf: (nodes: readonly ChildNode[]) => string
  /** The address that the next line written has to link to, for links around blocks. */
  link: string | undefined
  /** Quotations and lists around what is being written. */
  level: number
}

export function isBlockLevel(writing: Writing, node: ChildNode): boolean {
  return node instanceof Element && (BLOCK.has(node.name) || writing.holdingBlocks.has(node))
}

/** Finds the inline elements that hold blocks, in one pass. */
export function findHoldingBlocks(root: ParentNode): Set<Element> {
  const found = new Set<Element>()
  holdsBlock(root, found)
  return found
}

function holdsBlock(node: ParentNode, found: Set<Element>): boolean {
  let holds = false
  for (const child of node.children) {
    if (!(child instanceof Element)) continue
    const inside = child.children.length > 0 && holdsBlock(child, found)
    const isBlock = BLOCK.has(child.name)
    if (inside && !isBlock) found.add(child)
    holds ||= inside || isBlock
  }
  return holds
}
