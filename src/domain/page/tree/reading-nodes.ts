import { type ChildNode, Element, type ParentNode, Text } from './nodes.ts'
import { BLOCK } from './element-kinds.ts'

/** Attribute value without surrounding space, or '' when there is none. */
export function attribute(element: Element, name: string): string {
  const value = element.attribs[name]
  return value === undefined ? '' : value.trim()
}

/** Runs of space other than one space, which would only be replaced by itself. */
const UNEVEN_SPACE = /[^\S ][\s\u200b\ufeff]*|[\u200b\ufeff][\s\u200b\ufeff]*| [\s\u200b\ufeff]+/g

export function collapse(text: string): string {
  return text.replace(UNEVEN_SPACE, ' ').trim()
}

/** The text inside, blocks apart, runs of space as one. */
export function textInside(node: ChildNode | ParentNode): string {
  const parts: string[] = []
  collect(node, parts)
  return collapse(parts.join(''))
}

function collect(node: ChildNode | ParentNode, parts: string[]): void {
  if (node instanceof Text) {
    parts.push(node.data)
    return
  }
  if (!('children' in node)) return
  const isElement = node instanceof Element
  if (isElement && (node.name === 'script' || node.name === 'style')) return
  const apart = isElement && (BLOCK.has(node.name) || node.name === 'br')
  if (apart) parts.push(' ')
  for (const child of node.children) collect(child, parts)
  if (apart) parts.push(' ')
}
