import type { XmlElement, XmlNode } from './xml-tree.ts'

export function elementsOf(element: XmlElement | undefined): XmlElement[] {
  return element?.children.filter(isElement) ?? []
}

export function isElement(node: XmlNode): node is XmlElement {
  return typeof node !== 'string'
}

/** The child of that name, or the grandchild by way of each name. */
export function inside(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (parent, name) => parent?.children.find((child): child is XmlElement => isElement(child) && child.name === name),
    element,
  )
}

/** Every element of that name, in document order, except inside another of that name. */
export function everywhere(element: XmlElement | undefined, name: string): XmlElement[] {
  return elementsOf(element).flatMap((child) => (child.name === name ? [child] : everywhere(child, name)))
}

export function textOf(element: XmlElement | undefined): string {
  if (!element) return ''
  return element.children.map((child) => (isElement(child) ? textOf(child) : child)).join('')
}

/** `<w:b w:val="0"/>` takes away what a style gives; without a value it is on (ECMA-376 §17.17.4). */
export function isOn(property: XmlElement | undefined): boolean {
  if (!property) return false
  const value = property.attributes['val'] ?? 'true'
  return !['0', 'false', 'off', 'none'].includes(value)
}
