import { selectAll } from 'css-select'
import { type ChildNode, Document, Element, type ParentNode } from 'domhandler'
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
  const find = (selectors: readonly string[] = []) => selectors.flatMap((selector) => matches(root, selector, warnings))
  const excluded = new Set<ChildNode>(find(exclude))
  if (include === undefined || include.length === 0) return { root, excluded, warnings }
  const included = outermost(new Set(find(include)))
  if (included.length === 0) warnings.push({ code: 'nothing_included', detail: 'No element matches includeSelectors.' })
  return { root: listed(included), excluded, warnings }
}

function matches(root: ParentNode, selector: string, warnings: PageWarning[]): Element[] {
  try {
    return selectAll(selector, root.children).filter((node): node is Element => node instanceof Element)
  } catch {
    warnings.push({ code: 'invalid_selector', detail: `“${selector}” is no CSS selector that can be used here.` })
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
  const document = new Document([])
  document.children = elements
  return document
}
