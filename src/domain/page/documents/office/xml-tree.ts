import { type XmlListener, readBoundedXml } from '../bounded-xml.ts'

/** An element of a part, its names without their prefixes: those are the writer's choice (Namespaces in XML §4). */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  children: XmlNode[]
}

export type XmlNode = XmlElement | string

export interface XmlTree {
  root: XmlElement
  /** The part had more elements, or deeper ones, than are read. */
  truncated: boolean
}

/** Of one part. A node takes some 200 bytes, a Worker has 128 MB. Documents nest some 30 deep; the parser's stack costs the square of its depth. */
const MOST = { nodes: 200_000, depth: 200 }

/** Any text gives a tree. */
export function xmlTree(xml: string): XmlTree {
  const builder = new TreeBuilder()
  return { ...readBoundedXml(xml, MOST, builder), root: builder.root }
}

class TreeBuilder implements XmlListener {
  readonly root: XmlElement = { name: '', attributes: {}, children: [] }
  private readonly stack: XmlElement[] = [this.root]

  open(name: string, attributes: Record<string, string>): void {
    const element: XmlElement = { name: localName(name), attributes: withoutPrefixes(attributes), children: [] }
    this.stack.at(-1)?.children.push(element)
    this.stack.push(element)
  }

  text(data: string): void {
    const siblings = this.stack.at(-1)?.children
    const last = siblings?.at(-1)
    if (siblings && typeof last === 'string') siblings[siblings.length - 1] = last + data
    else siblings?.push(data)
  }

  close(): void {
    this.stack.pop()
  }
}

function withoutPrefixes(attributes: Record<string, string>): Record<string, string> {
  const plain: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of Object.entries(attributes)) plain[localName(name, true)] = value
  return plain
}

/** `r:id` stays apart from `id`: they are two attributes of one element. */
function localName(name: string, isAttribute = false): string {
  if (isAttribute && name.endsWith(':id')) return 'rid'
  return name.slice(name.indexOf(':') + 1)
}
