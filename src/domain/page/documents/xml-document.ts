import { Document, Element, type ParentNode, Text, append } from '../tree/nodes.ts'
import { type XmlListener, readBoundedXml } from './bounded-xml.ts'

/** Of one document. A node takes some 150 bytes, a Worker has 128 MB. The parser's stack costs the square of its depth, and who reads the tree recurses. */
const MOST = { nodes: 400_000, depth: 512 }

/** An XML body as a tree, by its own names. Any text gives one. */
export function parseXml(xml: string): { root: Document; truncated: boolean } {
  const builder = new TreeBuilder()
  return { ...readBoundedXml(xml, MOST, builder), root: builder.root }
}

class TreeBuilder implements XmlListener {
  readonly root = new Document()
  private readonly stack: ParentNode[] = [this.root]

  open(name: string, attributes: Record<string, string>): void {
    const element = new Element(name, attributes)
    append(this.parent(), element)
    this.stack.push(element)
  }

  text(data: string): void {
    const last = this.parent().children.at(-1)
    if (last instanceof Text) last.data += data
    else append(this.parent(), new Text(data))
  }

  close(): void {
    this.stack.pop()
  }

  private parent(): ParentNode {
    return this.stack.at(-1) ?? this.root
  }
}
