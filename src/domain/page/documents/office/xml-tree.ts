import { Parser } from 'htmlparser2'

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

/** Of one part. A node takes some 200 bytes, a Worker has 128 MB. */
const MAX_NODES = 200_000
/** Documents nest some 30 deep; the parser's stack costs the square of its depth. */
const MAX_DEPTH = 200

/** Any text gives a tree. A DTD is skipped: what it declares is neither expanded nor fetched. */
export function xmlTree(xml: string): XmlTree {
  const builder = new TreeBuilder()
  const parser = new Parser(builder, { xmlMode: true, decodeEntities: true })
  builder.onFull = () => parser.pause()
  parser.write(xml)
  if (!builder.truncated) parser.end()
  return { root: builder.root, truncated: builder.truncated }
}

class TreeBuilder {
  truncated = false
  onFull: () => void = () => undefined
  readonly root: XmlElement = { name: '', attributes: {}, children: [] }
  private readonly open: XmlElement[] = [this.root]
  private nodes = 0

  onopentag(name: string, attributes: Record<string, string>): void {
    if (this.truncated) return
    const element: XmlElement = { name: localName(name), attributes: withoutPrefixes(attributes), children: [] }
    this.open.at(-1)?.children.push(element)
    this.open.push(element)
    this.count()
  }

  ontext(text: string): void {
    if (this.truncated) return
    const siblings = this.open.at(-1)?.children
    const last = siblings?.at(-1)
    // Text comes in pieces, one for every entity in it.
    if (siblings && typeof last === 'string') siblings[siblings.length - 1] = last + text
    else siblings?.push(text)
    this.count()
  }

  onclosetag(): void {
    if (this.open.length > 1) this.open.pop()
  }

  private count(): void {
    this.nodes++
    if (this.nodes <= MAX_NODES && this.open.length <= MAX_DEPTH) return
    this.truncated = true
    this.onFull()
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
