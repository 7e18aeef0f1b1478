import { type ChildNode, Element, type ParentNode, Text } from './tree/nodes.ts'
import { BLOCK, UNREAD } from './tree/element-kinds.ts'

/** The tree below `root`, without what `drops` names, as plain text: a line for each block, listings as they stand. */
export function writeText(root: ParentNode, drops: (node: ChildNode) => boolean): string {
  const parts: string[] = []
  gather(root, drops, parts)
  return parts
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .replaceAll(KEPT_SPACE, ' ')
    .replaceAll(KEPT_LINE, '\n')
    .trim()
}

/** Stand-ins for the space of listings while all other space is collapsed; noncharacters, like Markdown's marks. */
const KEPT_SPACE = '\ufdda'
const KEPT_LINE = '\ufddb'

function gather(node: ParentNode, drops: (node: ChildNode) => boolean, parts: string[]): void {
  for (const child of node.children) {
    if (drops(child)) continue
    if (child instanceof Text) parts.push(child.data)
    else if (child instanceof Element) gatherElement(child, drops, parts)
  }
}

function gatherElement(element: Element, drops: (node: ChildNode) => boolean, parts: string[]): void {
  const { name } = element
  if (UNREAD.has(name) || name === 'select' || name === 'textarea') return
  const isCell = name === 'td' || name === 'th'
  const isBlock = !isCell && (BLOCK.has(name) || name === 'br')
  const edge = isBlock ? '\n' : isCell ? '\t' : ''
  parts.push(edge)
  if (name === 'pre') gatherListing(element, drops, parts)
  else gather(element, drops, parts)
  parts.push(edge)
}

function gatherListing(pre: Element, drops: (node: ChildNode) => boolean, parts: string[]): void {
  const inner: string[] = []
  gather(pre, drops, inner)
  parts.push(inner.join('').replaceAll(' ', KEPT_SPACE).replaceAll('\n', KEPT_LINE))
}
