import { Parser } from 'htmlparser2'

/** What becomes of the parts of an XML text; told in document order. */
export interface XmlListener {
  open(name: string, attributes: Record<string, string>): void
  /** In pieces, one for every entity in it. */
  text(data: string): void
  close(): void
}

/**
 * Reads XML by its own names, up to so many nodes and so deep; says whether there was more. A DTD is skipped: what it
 * declares is neither expanded nor fetched. Any text can be read.
 */
export function readBoundedXml(
  xml: string,
  most: { nodes: number; depth: number },
  listener: XmlListener,
): { truncated: boolean } {
  let nodes = 0
  let depth = 1
  let truncated = false
  const count = () => {
    nodes++
    if (nodes <= most.nodes && depth <= most.depth) return
    truncated = true
    parser.pause()
  }
  const handler = {
    onopentag(name: string, attributes: Record<string, string>): void {
      if (truncated) return
      listener.open(name, attributes)
      depth++
      count()
    },
    ontext(data: string): void {
      if (truncated) return
      listener.text(data)
      count()
    },
    onclosetag(): void {
      if (depth === 1) return
      depth--
      listener.close()
    },
  }
  const parser = new Parser(handler, { xmlMode: true, decodeEntities: true })
  parser.write(xml)
  if (!truncated) parser.end()
  return { truncated }
}
