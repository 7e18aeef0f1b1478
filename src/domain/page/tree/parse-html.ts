import type { Document } from './nodes.ts'
import { type QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { SourceParts, withoutCdata } from './source-parts.ts'
import { TreeBuilder } from './tree-builder.ts'

/**
 * Nodes that one document may have. A node takes some 150 bytes, a Worker has 128 MB; pages in the wild stay below 100,000.
 */
const MAX_NODES = 400_000
/** Attributes that one element may have; the rest is dropped. */
const MAX_ATTRIBUTES = 256

export interface HtmlTree {
  root: Document
  /** The document had more nodes than are read: what follows is missing. */
  truncated: boolean
}

/** Parses a whole document in one pass, given as one text or in parts. Any text is a document: nothing throws. */
export function parseHtml(html: string | readonly string[]): HtmlTree {
  const builder = new TreeBuilder()
  const source = new SourceParts()
  const reader = new TagReader(source, builder)
  const tokenizer = new Tokenizer({ decodeEntities: true }, reader)
  reader.onFull = () => tokenizer.pause()
  for (const part of withoutCdata(typeof html === 'string' ? [html] : html)) {
    const text = part.includes(NUL) ? part.replaceAll(NUL, '') : part
    source.add(text)
    tokenizer.write(text)
    if (reader.full) break
  }
  if (!reader.full) tokenizer.end()
  return { root: builder.root, truncated: reader.full }
}

/** No character of any text (HTML standard §13.2.6.4.7). */
const NUL = '\0'

/** Script text is kept only where it is content: JSON-LD and TeX. */
const KEPT_SCRIPT = /^\s*(?:application\/ld\+json|math\/tex|application\/json\+?\S*)/i

/** Turns the tokenizer's positions into tags and text. */
class TagReader implements TokenizerCallbacks {
  full = false
  onFull: () => void = () => undefined
  private name = ''
  private attributes: Record<string, string> = {}
  private attributeCount = 0
  private attributeName = ''
  private attributeValue = ''
  private skipsText = false
  /** Where the text of the open script begins; -1 when none is open. */
  private scriptFrom = -1
  /** The end tag of a script that a script writes was met: all up to the next one is script (see `isScriptInScript`). */
  private isScriptGoingOn = false

  private readonly source: SourceParts
  private readonly builder: TreeBuilder

  constructor(source: SourceParts, builder: TreeBuilder) {
    this.source = source
    this.builder = builder
  }

  isInForeignContext(): boolean {
    return this.builder.isForeign()
  }

  onopentagname(start: number, end: number): void {
    this.name = this.source.slice(start, end).toLowerCase()
    this.attributes = {}
    this.attributeCount = 0
  }

  onattribname(start: number, end: number): void {
    this.attributeName = this.source.slice(start, end).toLowerCase()
    this.attributeValue = ''
  }

  onattribdata(start: number, end: number): void {
    this.attributeValue += this.source.slice(start, end)
  }

  onattribentity(codePoint: number): void {
    this.attributeValue += String.fromCodePoint(codePoint)
  }

  onattribend(_quote: QuoteType, _end: number): void {
    if (this.attributeName === '__proto__' || Object.hasOwn(this.attributes, this.attributeName)) return
    if (this.attributeCount++ < MAX_ATTRIBUTES) this.attributes[this.attributeName] = this.attributeValue
  }

  onopentagend(end: number): void {
    this.open(false)
    if (this.name === 'script' && !this.isScriptGoingOn) this.scriptFrom = end
  }

  onselfclosingtag(_end: number): void {
    this.open(true)
  }

  private open(selfClosing: boolean): void {
    const { name, attributes } = this
    if (this.isScriptGoingOn) return
    this.skipsText = name === 'style' || (name === 'script' && !KEPT_SCRIPT.test(attributes['type'] ?? ''))
    this.builder.startTag(name, attributes, selfClosing)
    if (this.builder.nodeCount < MAX_NODES) return
    this.full = true
    this.onFull()
  }

  onclosetag(start: number, end: number): void {
    const name = this.source.slice(start, end).trim().toLowerCase()
    if (this.isScriptGoingOn && name !== 'script') return
    if (this.scriptFrom >= 0 && isScriptInScript(this.source.slice(this.scriptFrom, start))) {
      this.isScriptGoingOn = true
      this.skipsText = true
      this.scriptFrom = -1
      return
    }
    this.isScriptGoingOn = false
    this.scriptFrom = -1
    this.skipsText = false
    this.builder.endTag(name)
  }

  ontext(start: number, end: number): void {
    if (!this.skipsText) this.builder.addText(this.source.slice(start, end))
  }

  ontextentity(codePoint: number, _end: number): void {
    if (!this.skipsText) this.builder.addText(String.fromCodePoint(codePoint))
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}

/**
 * Whether the end tag after this text of a script is that of a script inside it: `<!-- document.write('<script></script>')`.
 * The standard's "script data double escaped state" (§13.2.5.27), which the tokenizer has not.
 */
function isScriptInScript(text: string): boolean {
  const comment = text.lastIndexOf('<!--')
  return comment >= 0 && !text.includes('-->', comment) && SCRIPT_TAG.test(text.slice(comment))
}

const SCRIPT_TAG = /<script[\s/>]/i
