import { Document, Element, type ParentNode, Text } from 'domhandler'
import { Parser } from 'htmlparser2'

/** Of one document. A node takes some 150 bytes, a Worker has 128 MB. */
const MAX_NODES = 400_000
/** The parser's stack costs the square of its depth, and who reads the tree recurses. */
const MAX_DEPTH = 512

/** An XML body by its own names. A DTD is skipped: what it declares is neither expanded nor fetched. Any text gives a tree. */
export function parseXml(xml: string): { root: Document; truncated: boolean } {
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
  readonly root = new Document([])
  private readonly open: ParentNode[] = [this.root]
  private nodes = 0

  onopentag(name: string, attributes: Record<string, string>): void {
    if (this.truncated) return
    const element = new Element(name, attributes)
    this.append(element)
    this.open.push(element)
    this.count()
  }

  ontext(data: string): void {
    if (this.truncated) return
    const last = this.open.at(-1)?.children.at(-1)
    // Text comes in pieces, one for every entity in it.
    if (last instanceof Text) last.data += data
    else this.append(new Text(data))
    this.count()
  }

  onclosetag(): void {
    if (this.open.length > 1) this.open.pop()
  }

  private append(node: Element | Text): void {
    const parent = this.open.at(-1) ?? this.root
    const last = parent.children.at(-1) ?? null
    node.parent = parent
    node.prev = last
    if (last) last.next = node
    parent.children.push(node)
  }

  private count(): void {
    this.nodes++
    if (this.nodes <= MAX_NODES && this.open.length <= MAX_DEPTH) return
    this.truncated = true
    this.onFull()
  }
}
