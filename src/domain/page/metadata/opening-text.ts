import { type ChildNode, Element, Text } from '../tree/nodes.ts'
import { BLOCK } from '../tree/element-kinds.ts'
import { collapse } from '../tree/reading-nodes.ts'

/** No name, date or heading has as many pieces, or as many characters in one. */
const MOST_NODES = 100
const LONGEST_PIECE = 1_000

/** The beginning of the text inside: an element that holds a whole page costs no more to ask than a line. */
export function openingText(element: Element): string {
  const parts: string[] = []
  let left = MOST_NODES
  const gather = (nodes: readonly ChildNode[]): void => {
    for (const node of nodes) {
      if (left-- <= 0) return
      if (node instanceof Text) parts.push(node.data.slice(0, LONGEST_PIECE))
      else if (node instanceof Element && node.name !== 'script' && node.name !== 'style') gatherElement(node)
    }
  }
  const gatherElement = ({ name, children }: Element): void => {
    const isApart = BLOCK.has(name) || name === 'br'
    if (isApart) parts.push(' ')
    gather(children)
    if (isApart) parts.push(' ')
  }
  gather(element.children)
  return collapse(parts.join(''))
}
