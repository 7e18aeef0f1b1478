import { type ChildNode, Element, type ParentNode, Text } from './tree/nodes.ts'
import { BLOCK, UNREAD } from './tree/element-kinds.ts'

/** The tree below `root`, without what `drops` names, as plain text: a line for each block, listings as they stand. */
export function writeText(root: ParentNode, drops: (node: ChildNode) => boolean): string {
  const writer = new TextWriter(drops)
  writer.gather(root)
  return writer.text()
}

class TextWriter {
  /** Lines whose space is collapsed, and listings. */
  private readonly written: string[] = []
  private parts: string[] = []
  private isInListing = false
  private readonly drops: (node: ChildNode) => boolean

  constructor(drops: (node: ChildNode) => boolean) {
    this.drops = drops
  }

  text(): string {
    this.endLines()
    return this.written.join('\n').trim()
  }

  gather(node: ParentNode): void {
    for (const child of node.children) {
      if (this.drops(child)) continue
      if (child instanceof Text) this.parts.push(child.data)
      else if (child instanceof Element) this.gatherElement(child)
    }
  }

  private gatherElement(element: Element): void {
    const { name } = element
    if (UNREAD.has(name) || name === 'select' || name === 'textarea') return
    if (name === 'pre' && !this.isInListing) {
      this.gatherListing(element)
      return
    }
    const isCell = name === 'td' || name === 'th'
    const isBlock = !isCell && (BLOCK.has(name) || name === 'br')
    if (isCell || isBlock) this.parts.push(isBlock ? '\n' : '\t')
    this.gather(element)
    if (isCell || isBlock) this.parts.push(isBlock ? '\n' : '\t')
  }

  private gatherListing(pre: Element): void {
    this.endLines()
    this.isInListing = true
    this.gather(pre)
    this.isInListing = false
    const listing = this.parts.join('')
    if (/\S/.test(listing)) this.written.push(listing)
    this.parts = []
  }

  private endLines(): void {
    const lines = this.parts
      .join('')
      .replace(UNEVEN_SPACE, ' ')
      .replace(/ ?\n[ \n]*/g, '\n')
      .trim()
    if (lines !== '') this.written.push(lines)
    this.parts = []
  }
}

/** Runs of space in a line, other than one space, which would only be replaced by itself. */
const UNEVEN_SPACE = /[^\S\n ][^\S\n]*| [^\S\n]+/g
