import { type ChildNode, Element, type ParentNode, Text } from '../../page/tree/nodes.ts'
import { BLOCK, UNREAD } from '../../page/tree/element-kinds.ts'
import { textInside } from '../../page/tree/reading-nodes.ts'
import { BlockList } from './block-list.ts'
import { collapsed } from './collapsed.ts'
import { stableAddress } from './stable-address.ts'

const HEADING = /^h([1-6])$/
const LABELS_NEXT = new Set(['dt', 'summary', 'legend', 'caption', 'figcaption'])

/** The blocks below `root` in document order, without what `drops` names. */
export function htmlBlocks(root: ParentNode, drops: (node: ChildNode) => boolean): BlockList {
  const walk = new BlockWalk(drops)
  walk.inside(root)
  walk.end()
  return walk.list
}

interface Heading {
  level: number
  text: string
}

class BlockWalk {
  readonly list = new BlockList()
  private readonly headings: Heading[] = []
  /** A `dt` or a line ending in a colon: what the next block is about. */
  private label: string | undefined
  private line: string[] = []
  /** Elements of the line that is being read: the innermost one around it, and what is in it. */
  private box: Element | undefined
  private inline: Element[] = []

  private readonly drops: (node: ChildNode) => boolean

  constructor(drops: (node: ChildNode) => boolean) {
    this.drops = drops
  }

  inside(node: ParentNode): void {
    for (const child of node.children) {
      if (this.list.isFull) return
      if (this.drops(child)) continue
      if (child instanceof Text) this.line.push(child.data)
      else if (child instanceof Element && !UNREAD.has(child.name)) this.element(child)
    }
  }

  private element(element: Element): void {
    const { name } = element
    if (name === 'textarea') return
    if (name === 'img') this.image(element)
    else if (name === 'br') this.end()
    else if (name === 'tr' && !holdsBlocks(element)) this.row(element)
    else if (BLOCK.has(name) || name === 'td' || name === 'th') this.block(element)
    else {
      this.inline.push(element)
      this.inside(element)
    }
  }

  private image(element: Element): void {
    const alt = collapsed(element.attribs['alt'] ?? '')
    if (alt !== '') this.line.push(` ${alt} `)
  }

  private block(element: Element): void {
    this.end()
    const around = this.box
    this.box = element
    this.inside(element)
    this.end()
    this.box = around
  }

  private row(row: Element): void {
    this.end()
    const cells = row.children.filter((cell): cell is Element => cell instanceof Element && !this.drops(cell))
    const texts = cells.map((cell) => this.cellText(cell))
    if (texts.some((text) => text !== '')) this.add(texts.join(' | '), row, true)
  }

  private cellText(cell: Element): string {
    const outer = this.line
    this.line = []
    this.inside(cell)
    const text = collapsed(this.line.join(''))
    this.line = outer
    this.inline = []
    return text
  }

  /** Ends the line that is being read and keeps it as a block. */
  end(): void {
    const text = collapsed(this.line.join(''))
    const { box, inline } = this
    this.line = []
    this.inline = []
    if (text === '') return
    const level = Number(HEADING.exec(box?.name ?? '')?.[1] ?? 0)
    if (level > 0) while ((this.headings.at(-1)?.level ?? 0) >= level) this.headings.pop()
    this.add(text, box, isWholeItem(box, text), inline)
    this.label = box && LABELS_NEXT.has(box.name) ? text : text.endsWith(':') && text.length < 60 ? text : undefined
    if (level > 0) this.headings.push({ level, text: text.slice(0, 80) })
  }

  private add(text: string, box: Element | undefined, item: boolean, inline: readonly Element[] = []): void {
    const path = this.headings.map((heading) => heading.text)
    const under = (this.label === undefined ? path : [...path, this.label]).join(' › ')
    const name = nameOf(box, inline)
    this.list.add(text, { kind: box?.name ?? 'body', under, item, ...(name !== undefined && { name }) })
  }
}

function holdsBlocks(row: Element): boolean {
  return row.children.some((cell) => cell instanceof Element && hasBlockInside(cell))
}

function hasBlockInside(element: Element): boolean {
  return element.children.some((child) => child instanceof Element && (BLOCK.has(child.name) || hasBlockInside(child)))
}

/** The line is all that its list item says. */
function isWholeItem(box: Element | undefined, text: string): boolean {
  return box?.name === 'li' && textInside(box) === text
}

/** Ids that frameworks count up or roll at random name nothing. */
const MADE_UP_ID = /\d{4}|^(?:ember|react|radix|headlessui|ui-id|yui|:r)|[0-9a-f]{8}/i

/** The id of the block's own element, or the address of the one link that it consists of. */
function nameOf(box: Element | undefined, inline: readonly Element[]): string | undefined {
  const id = box?.name === 'body' ? undefined : box?.attribs['id']?.trim()
  if (id !== undefined && id !== '' && !MADE_UP_ID.test(id)) return `#${id}`
  const [first, ...others] = inline.filter(({ name }) => name === 'a')
  const href = first?.attribs['href']?.trim()
  return others.length === 0 && href !== undefined && href !== '' ? `@${stableAddress(href)}` : undefined
}
