import { type ChildNode, Document, Element, type ParentNode } from '../tree/nodes.ts'
import { CssSelecting } from '../../select/css.ts'
import { SelectorFault } from '../../select/selector-fault.ts'
import type { PageWarning } from '../page.ts'

export interface ChosenParts {
  root: ParentNode
  excluded: ReadonlySet<ChildNode>
  warnings: PageWarning[]
}

/** Applies the caller's CSS selectors, before anything else is decided about the content. */
export function chosenParts(
  root: ParentNode,
  include: readonly string[] | undefined,
  exclude: readonly string[] | undefined,
): ChosenParts {
  const warnings: PageWarning[] = []
  const selecting = new CssSelecting()
  const find = (selectors: readonly string[] = []) =>
    selectors.flatMap((selector) => matches(selecting, root, selector, warnings))
  const excluded = new Set<ChildNode>(find(exclude))
  if (include === undefined || include.length === 0) return { root, excluded, warnings }
  const included = outermost(new Set(find(include)))
  if (included.length === 0) warnings.push({ code: 'nothing_included', detail: 'No element matches includeSelectors.' })
  return { root: listed(included), excluded, warnings }
}

function matches(selecting: CssSelecting, root: ParentNode, selector: string, warnings: PageWarning[]): Element[] {
  try {
    return selecting.all(selector, root)
  } catch (error) {
    if (!(error instanceof SelectorFault)) throw error
    warnings.push({ code: 'invalid_selector', detail: error.message })
    return []
  }
}

function outermost(elements: ReadonlySet<Element>): Element[] {
  return [...elements].filter((element) => {
    for (let around = element.parent; around; around = around.parent) {
      if (around instanceof Element && elements.has(around)) return false
    }
    return true
  })
}

/** The elements one after the other. They keep their own parents, whose classes and landmarks still count. */
function listed(elements: Element[]): ParentNode {
  const document = new Document()
  document.children = elements
  return document
}
