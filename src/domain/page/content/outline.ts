import { type ChildNode, Element, type ParentNode, Text } from '../tree/nodes.ts'
import { BLOCK, UNREAD, names } from '../tree/element-kinds.ts'
import { isHidden } from './hidden.ts'
import { type Measure, emptyMeasure, measureText } from './measure.ts'

/** A run of text that is one line or paragraph on the page: what is kept or dropped as a whole. */
export interface TextBlock {
  index: number
  box: Box
  /** The nodes of the run, siblings inside `box.element`. */
  nodes: ChildNode[]
  measure: Measure
  images: number
  /** Words of a short block, lower case; empty for longer ones. */
  tokens: string[]
  /** The words that a longer block begins with, lower case; empty for short ones. */
  opening: string[]
}

/** An element that is laid out as a box, and what its text amounts to. */
export interface Box {
  id: number
  node: ParentNode
  name: string
  parent: Box | null
  depth: number
  /** Blocks `first` up to `end` (excluded) lie inside. */
  first: number
  end: number
  words: number
  linkWords: number
  children: Box[]
  position: number
  hidden: boolean
  /** Inside a link or a button. */
  inLink: boolean
}

export interface Outline {
  root: Box
  boxes: Box[]
  blocks: TextBlock[]
}

/** Stands for an empty list; never written to. */
const NONE: Box[] = []

/** Inline elements that stand apart from the text around them all the same. */
const APART = names('button label select textarea input iframe')
const UNSEEN = new Set([...UNREAD, ...names('select textarea input')])
UNSEEN.delete('area')

export function outline(root: ParentNode, holdingBlocks: ReadonlySet<Element>): Outline {
  const builder = new OutlineBuilder(holdingBlocks)
  return { root: builder.box(root, null), boxes: builder.boxes, blocks: builder.blocks }
}

class OutlineBuilder {
  readonly boxes: Box[] = []
  readonly blocks: TextBlock[] = []
  private readonly holdingBlocks: ReadonlySet<Element>

  constructor(holdingBlocks: ReadonlySet<Element>) {
    this.holdingBlocks = holdingBlocks
  }

  box(node: ParentNode, parent: Box | null): Box {
    const box = this.opened(node, parent)
    let run: ChildNode[] | undefined
    for (const child of node.children) {
      const element = child instanceof Element ? child : undefined
      if (element ? UNSEEN.has(element.name) : !(child instanceof Text)) continue
      if (!element || !this.isBox(element)) {
        if (run) run.push(child)
        else run = [child]
        continue
      }
      if (run) this.block(box, run)
      run = undefined
      this.box(element, box)
    }
    if (run) this.block(box, run)
    box.end = this.blocks.length
    if (parent) {
      parent.words += box.words
      parent.linkWords += box.linkWords
    }
    return box
  }

  private opened(node: ParentNode, parent: Box | null): Box {
    const element = node instanceof Element ? node : undefined
    const box: Box = {
      id: this.boxes.length,
      node,
      name: element?.name ?? '',
      parent,
      depth: parent ? parent.depth + 1 : 0,
      first: this.blocks.length,
      end: this.blocks.length,
      words: 0,
      linkWords: 0,
      children: NONE,
      position: parent?.children.length ?? 0,
      inLink: (parent?.inLink ?? false) || element?.name === 'a' || element?.name === 'button',
      hidden: (parent?.hidden ?? false) || (element !== undefined && isHidden(element)),
    }
    this.boxes.push(box)
    if (parent?.children === NONE) parent.children = [box]
    else parent?.children.push(box)
    return box
  }

  private isBox(element: Element): boolean {
    return BLOCK.has(element.name) || this.holdingBlocks.has(element) || APART.has(element.name)
  }

  private block(box: Box, nodes: ChildNode[]): void {
    if (nodes.length === 1 && nodes[0] instanceof Text && !/\S/.test(nodes[0].data)) return
    const block: TextBlock = {
      index: this.blocks.length,
      box,
      nodes,
      measure: emptyMeasure(),
      images: 0,
      tokens: NO_TOKENS,
      opening: NO_TOKENS,
    }
    const texts: string[] = []
    for (const node of nodes) read(node, box.inLink, block, texts)
    if (block.measure.characters === 0 && block.images === 0) return
    if (block.measure.words <= SHORT_WORDS) block.tokens = tokensOf(texts.join(' '))
    else block.opening = tokensOf(texts.join(' ').slice(0, OPENING_CHARACTERS))
    this.blocks.push(block)
    box.words += block.measure.words
    box.linkWords += block.measure.linkWords
  }
}

const NO_TOKENS: string[] = []

/** Up to this many words it matters which words they are: “Add to cart”, “Related articles”. */
const SHORT_WORDS = 10

/** Of longer blocks the first words say enough: “We use cookies to”, “By signing up you agree”. */
const OPENING_CHARACTERS = 160

function tokensOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function read(node: ChildNode, inLink: boolean, block: TextBlock, texts: string[]): void {
  if (node instanceof Text) {
    if (block.measure.words <= SHORT_WORDS) texts.push(node.data)
    measureText(node.data, inLink, block.measure)
  } else if (node instanceof Element && !UNSEEN.has(node.name)) {
    if (node.name === 'img') block.images++
    const inner = inLink || (node.name === 'a' && node.attribs['href'] !== undefined)
    for (const child of node.children) read(child, inner, block, texts)
  }
}
