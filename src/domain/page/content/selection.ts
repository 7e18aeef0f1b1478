import type { ChildNode, ParentNode } from '../tree/nodes.ts'
import type { PageWarning } from '../page.ts'

/** Part of a tree: everything below `root` but what `drops` names, with everything inside that. */
export interface Selection {
  root: ParentNode
  drops: (node: ChildNode) => boolean
}

/** A selection that was made by judgement, which may have doubts. */
export interface JudgedSelection extends Selection {
  warnings: PageWarning[]
}
