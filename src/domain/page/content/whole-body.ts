import { Element, type ParentNode } from '../tree/nodes.ts'
import { isHidden } from './hidden.ts'
import type { JudgedSelection } from './selection.ts'

/** Everything that a browser would show. */
export function wholeBody(root: ParentNode): JudgedSelection {
  return { root, drops: (node) => node instanceof Element && isHidden(node), warnings: [] }
}
