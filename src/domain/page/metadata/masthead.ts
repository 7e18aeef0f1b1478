import { type ChildNode, Element, type ParentNode, Text } from '../tree/nodes.ts'
import { BLOCK, UNREAD } from '../tree/element-kinds.ts'
import { collapse } from '../tree/reading-nodes.ts'
import { isHidden } from '../content/hidden.ts'
import type { PageHeading } from './page-heading.ts'

/** A run of text that no block interrupts. */
export interface Line {
  text: string
  /** What the run's pieces of text stand in, each element once, in document order. */
  holders: Element[]
  /** What lays it out. */
  block: Element | undefined
}

/** What stands around a page's heading: the nearest line first in both directions. */
export interface Masthead {
  heading: string
  above: Line[]
  below: Line[]
}

const MOST_LINES_ABOVE = 8
const MOST_LINES_BELOW = 40
const MOST_CHARACTERS = 3_000
/** Nodes looked at for one direction: menus of any length may stand above a heading. */
const MOST_NODES = 600

export function mastheadAround({ element, text }: PageHeading): Masthead {
  return {
    heading: text,
    above: linesFrom(element, 'prev', MOST_LINES_ABOVE),
    below: linesFrom(element, 'next', MOST_LINES_BELOW),
  }
}

/** Of what is longer only the beginning is read: it is no byline. In characters. */
const LONGEST_PIECE = 500
const LONGEST_LINE = 1_000

type Direction = 'next' | 'prev'

function linesFrom(heading: Element, direction: Direction, most: number): Line[] {
  const lines: Line[] = []
  let characters = 0
  let block: Element | undefined | null = null
  for (const piece of piecesFrom(heading, direction)) {
    const around: Element | undefined | null = piece === BREAK ? null : blockAround(piece)
    const line = around === block ? lines.at(-1) : undefined
    block = around
    if (piece === BREAK) continue
    if (line) extend(line, piece, direction)
    else if (lines.length === most || characters > MOST_CHARACTERS) break
    else lines.push({ text: piece.data.slice(0, LONGEST_PIECE), holders: holdersOf(piece), block: blockAround(piece) })
    characters += piece.data.length
  }
  for (const line of lines) line.text = collapse(line.text)
  return lines
}

const BREAK = Symbol('a block begins or a line ends')

/** The texts that are read on the page, from the heading on, and where blocks come between them. */
function* piecesFrom(heading: Element, direction: Direction): Generator<Text | typeof BREAK> {
  const walk = new Walk(heading, direction)
  for (let looks = 0, node = walk.beside(); node !== null && looks < MOST_NODES; looks++) {
    if (node instanceof Text && node.data.trim() !== '') yield node
    if (node instanceof Element && BREAKS.has(node.name)) yield BREAK
    node = node instanceof Element && !isUnread(node) ? walk.inside(node) : walk.beside()
  }
}

/** Goes from node to node in the document's order, or against it. */
class Walk {
  private parent: ParentNode | null
  private at: number
  /** Where the elements stand in their parents that were gone into. */
  private readonly gone: number[] = []
  private readonly step: 1 | -1

  constructor(from: Element, direction: Direction) {
    this.parent = from.parent
    this.at = placeOf(from)
    this.step = direction === 'next' ? 1 : -1
  }

  /** The nearest node inside, or beside where there is none. */
  inside(element: Element): ChildNode | null {
    this.gone.push(this.at)
    this.parent = element
    this.at = this.step > 0 ? -1 : element.children.length
    return this.beside()
  }

  /** What comes next, not inside; null at the end of the document. */
  beside(): ChildNode | null {
    while (this.parent !== null) {
      this.at += this.step
      const node = this.parent.children[this.at]
      if (node) return node
      this.at = this.gone.pop() ?? placeOf(this.parent)
      this.parent = this.parent.parent
    }
    return null
  }
}

function placeOf(node: ParentNode): number {
  return node instanceof Element ? (node.parent?.children.indexOf(node) ?? -1) : -1
}

const BREAKS = new Set(['br', ...BLOCK])

function extend(line: Line, text: Text, direction: Direction): void {
  if (line.text.length > LONGEST_LINE) return
  const piece = text.data.slice(0, LONGEST_PIECE)
  line.text = direction === 'next' ? joined(line.text, piece) : joined(piece, line.text)
  line.holders = direction === 'next' ? [...line.holders, ...holdersOf(text)] : [...holdersOf(text), ...line.holders]
}

/** Elements beside each other are often kept apart by style alone. */
function joined(before: string, after: string): string {
  return /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after) ? `${before} ${after}` : before + after
}

function holdersOf({ parent }: Text): Element[] {
  return parent instanceof Element ? [parent] : []
}

function blockAround({ parent }: Text): Element | undefined {
  let at = parent
  while (at instanceof Element && !BLOCK.has(at.name)) at = at.parent
  return at instanceof Element ? at : undefined
}

function isUnread(element: Element): boolean {
  const { name, attribs } = element
  const isRead = !UNREAD.has(name) && name !== 'nav' && name !== 'select' && !isHidden(element)
  return !isRead || REMARKS.test(attribs['class'] ?? '') || REMARKS.test(attribs['id'] ?? '')
}

/** The part of a page for what its readers write. */
const REMARKS = /(?:^|\s)(?:comments|comment-?list|comments?-(?:area|section|list|container|wrapper)|reviews)(?:\s|$)/i
