import type { ChildNode, ParentNode } from 'domhandler'

/** Part of a tree: everything below `root` but what `drops` names, with everything inside that. */
export interface Selection {
  root: ParentNode
  drops: (node: ChildNode) => boolean
}
