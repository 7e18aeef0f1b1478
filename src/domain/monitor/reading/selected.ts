import { type ChildNode, Document, Element, type ParentNode } from '../../page/tree/nodes.ts'
import { CssSelecting } from '../../select/css.ts'
import type { Reason } from '../block.ts'
import type { SelectRules } from '../rules.ts'

export interface Selected {
  root: ParentNode
  excluded: ReadonlySet<ChildNode>
  /** The owner has said what is to be watched. */
  isNarrowed: boolean
  isEmpty: boolean
  fault?: Reason
}

/**
 * Elements are excluded before any is included, all selectors looking at the whole page: taking out `li:nth-child(1)` and
 * `li:nth-child(2)` takes out these two. Included are the matches of the first selector, then those of the next.
 */
export function selected(root: ParentNode, select: SelectRules = {}): Selected {
  const { include = [], exclude = [] } = select
  const selecting = new CssSelecting()
  try {
    const excluded = new Set<ChildNode>(exclude.flatMap((selector) => selecting.all(selector, root)))
    if (include.length === 0) return { root, excluded, isNarrowed: false, isEmpty: false }
    const found = new Set<Element>()
    for (const selector of include) for (const element of selecting.all(selector, root)) found.add(element)
    const included = outermost(found).filter((element) => !isWithin(element, excluded))
    return { root: document(included), excluded, isNarrowed: true, isEmpty: included.length === 0 }
  } catch (error) {
    const detail = `A selector can't be used: ${error instanceof Error ? error.message : String(error)}`
    const fault = { code: 'invalid_selector', detail }
    return { root, excluded: new Set(), isNarrowed: true, isEmpty: true, fault }
  }
}

function outermost(elements: ReadonlySet<Element>): Element[] {
  return [...elements].filter((element) => !isWithin(element.parent, elements))
}

function isWithin(node: ParentNode | null, elements: ReadonlySet<ChildNode>): boolean {
  for (let around = node; around; around = around.parent) {
    if (around instanceof Element && elements.has(around)) return true
  }
  return false
}

/** The elements one after the other; they keep their own parents. */
function document(elements: Element[]): ParentNode {
  const listed = new Document()
  listed.children = elements
  return listed
}
