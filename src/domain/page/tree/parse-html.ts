import type { Document } from './nodes.ts'
import { Tokenizer } from './tokenizer.ts'
import type { Attributes, TokenSink } from './tokens.ts'
import { TreeBuilder } from './tree-builder.ts'

/**
 * Nodes that one document may have. A node takes some 80 bytes, a Worker has 128 MB; pages in the wild stay below 100,000.
 */
const MAX_NODES = 400_000

export interface HtmlTree {
  root: Document
  /** The document had more nodes than are read: what follows is missing. */
  truncated: boolean
}

/** Parses a whole document in one pass, given as one text or in parts. Any text is a document: nothing throws. */
export function parseHtml(html: string | Iterable<string>): HtmlTree {
  const reading = new TreeReading()
  const tokenizer = new Tokenizer(reading)
  for (const part of typeof html === 'string' ? [html] : html) {
    tokenizer.write(part.includes(NUL) ? part.replaceAll(NUL, '') : part)
    if (reading.isFull()) break
  }
  tokenizer.end()
  return { root: reading.root, truncated: reading.isFull() }
}

/** No character of any text (HTML standard §13.2.6.4.7). */
const NUL = '\0'

/** Script text is kept only where it is content: JSON-LD and TeX. */
const KEPT_SCRIPT = /^\s*(?:application\/ld\+json|math\/tex|application\/json\+?\S*)/i

/** Has a tree built of the tokens, without the text of scripts and styles. */
class TreeReading implements TokenSink {
  private readonly builder = new TreeBuilder()
  private skipsText = false

  get root(): Document {
    return this.builder.root
  }

  startTag(name: string, attributes: Attributes, isSelfClosing: boolean): void {
    this.skipsText = name === 'style' || (name === 'script' && !KEPT_SCRIPT.test(attributes['type'] ?? ''))
    this.builder.startTag(name, attributes, isSelfClosing)
  }

  endTag(name: string): void {
    this.skipsText = false
    this.builder.endTag(name)
  }

  text(data: string): void {
    if (!this.skipsText) this.builder.addText(data)
  }

  isForeign(): boolean {
    return this.builder.isForeign()
  }

  isFull(): boolean {
    return this.builder.nodeCount >= MAX_NODES
  }
}
