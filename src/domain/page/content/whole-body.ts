import { Element, type ParentNode } from 'domhandler'
import { isHidden } from './hidden.ts'
import type { Selection } from './selection.ts'

/** Everything that a browser would show. */
export function wholeBody(root: ParentNode): Selection {
  return { root, drops: (node) => node instanceof Element && isHidden(node) }
}
