import type { Document } from './nodes.ts'
import { Tokenizer } from './tokenizer.ts'
import type { StartTag, TokenSink } from './tokens.ts'
import { TreeBuilder } from './tree-builder.ts'

/** Nodes that a document read in one tree may have: with some 80 bytes each, a third of a Worker's 128 MB. */
const MOST_IN_ONE_TREE = 400_000
/** Nodes that a document read in windows may have: it takes no more memory, but time. */
const MOST_IN_WINDOWS = 2_000_000
/**
 * Nodes and attributes that are held at a time. Of 1,497 pages from all over the web, the largest has 73,500. All that is
 * found out about a window takes some 50 MB.
 */
const WINDOW_WEIGHT = 100_000

export interface HtmlTree {
  root: Document
  /** The document had more nodes than are read: what follows is missing. */
  truncated: boolean
}

/** Parses a whole document in one pass. Any text is a document: nothing throws. */
export function parseHtml(html: string): HtmlTree {
  const reading = new TreeReading({ windowWeight: Number.POSITIVE_INFINITY, most: MOST_IN_ONE_TREE })
  const tokenizer = new Tokenizer(reading)
  tokenizer.write(withoutNul(html))
  tokenizer.end()
  return reading.rest()
}

/**
 * Parses a document given in parts, and gives it in windows: pages in the wild are one, a page of 10 MB may be a dozen.
 * What is open where a window ends is open again in the next.
 */
export function* parseInWindows(parts: Iterable<string>): Generator<HtmlTree> {
  const reading = new TreeReading({ windowWeight: WINDOW_WEIGHT, most: MOST_IN_WINDOWS })
  const tokenizer = new Tokenizer(reading)
  for (const part of parts) {
    tokenizer.write(withoutNul(part))
    yield* finished(reading, tokenizer)
    if (reading.isFull()) break
  }
  tokenizer.end()
  yield* finished(reading, tokenizer)
  yield reading.rest()
}

function* finished(reading: TreeReading, tokenizer: Tokenizer): Generator<HtmlTree> {
  for (let root = reading.takeFinished(); root; root = reading.takeFinished()) {
    yield { root, truncated: false }
    tokenizer.resume()
  }
}

/** NUL is no character of any text (HTML standard §13.2.6.4.7). */
function withoutNul(part: string): string {
  return part.includes('\0') ? part.replaceAll('\0', '') : part
}

/** Script text is kept only where it is content: JSON-LD and TeX. */
const KEPT_SCRIPT = /^\s*(?:application\/ld\+json|math\/tex|application\/json\+?\S*)/i

/** Has trees built of the tokens, without the text of scripts and styles. */
class TreeReading implements TokenSink {
  private readonly builder: TreeBuilder
  private readonly most: number
  private skipsText = false

  constructor({ windowWeight, most }: { windowWeight: number; most: number }) {
    this.builder = new TreeBuilder(windowWeight)
    this.most = most
  }

  /** The tree that is being built. */
  rest(): HtmlTree {
    return { root: this.builder.root, truncated: this.builder.nodeCount >= this.most }
  }

  /** The tree before that, once. */
  takeFinished(): Document | undefined {
    const { finished } = this.builder
    this.builder.finished = undefined
    return finished
  }

  startTag(tag: StartTag): void {
    const { name, attributes } = tag
    const isEmpty = tag.isSelfClosing && this.isForeign()
    this.skipsText =
      !isEmpty && (name === 'style' || (name === 'script' && !KEPT_SCRIPT.test(attributes['type'] ?? '')))
    this.builder.startTag(tag)
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
    return this.builder.finished !== undefined || this.builder.nodeCount >= this.most
  }
}
