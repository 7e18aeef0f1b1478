import { Element, type ParentNode } from 'domhandler'
import { names } from '../tree/element-kinds.ts'
import { attribute, walk } from '../tree/reading-nodes.ts'
import { isHidden } from './hidden.ts'
import type { Selection } from './selection.ts'

const ASIDE = names('nav aside footer header form dialog menu')
const ASIDE_ROLE = /^(?:navigation|banner|contentinfo|complementary|search|dialog|alert)$/i

/** The part of a page that it exists for. */
export function mainContent(root: ParentNode): Selection {
  const main = landmark(root)
  return { root: main ?? root, drops: (node) => node instanceof Element && isAside(node) }
}

function landmark(root: ParentNode): Element | undefined {
  const found: Element[] = []
  walk(root, (element) => {
    if (element.name === 'main' || attribute(element, 'role') === 'main') found.push(element)
  })
  return found.length === 1 ? found[0] : undefined
}

function isAside(element: Element): boolean {
  return ASIDE.has(element.name) || isHidden(element) || ASIDE_ROLE.test(attribute(element, 'role'))
}
