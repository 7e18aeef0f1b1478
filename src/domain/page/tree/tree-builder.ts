import { Document, Element, type ParentNode, Text, append } from './nodes.ts'
import { BLOCK, FORMATTING, HEADING, SCOPE_END, SPECIAL, VOID, names } from './element-kinds.ts'
import { IMPLIED_ENDS, LEAVES_FOREIGN } from './implied-ends.ts'
import type { Attributes, StartTag } from './tokens.ts'

/**
 * Elements nest this deep and no deeper; what is nested deeper becomes a sibling, as in Chromium (512 there, too).
 * Everything that reads the tree may therefore recurse.
 */
const MAX_DEPTH = 512

/** Inside svg and math, what holds HTML again: the standard's integration points. */
const HTML_AGAIN = names('foreignobject desc mi mo mn ms mtext annotation-xml')
const LIST_END = names('ol ul table td th caption template')
const TABLE_END = names('table template')
const ONLY_HEAD = names('head')
const TABLE_PARTS = names('table td th tr tbody thead tfoot caption')
const PARTS_OF_TABLE = names('td th tr tbody thead tfoot caption col colgroup')
const CELL = names('td th')
const ROW: StartTag = { name: 'tr', attributes: {}, attributeCount: 0, isSelfClosing: false }
const ROW_PARENT = names('table tbody thead tfoot')
/** HTML standard §13.2.6.4.7, adoption agency algorithm: its outer loop. */
const MAX_ADOPTIONS = 8

/**
 * Builds the tree from tags and text the way the HTML standard's tree construction does for what pages really contain:
 * implied end tags, scopes, misnested formatting. Not done: foster parenting, implied `tbody`, `html`, `head` and `body`.
 */
export class TreeBuilder {
  root = new Document()
  /** The window before this one, until somebody takes it. */
  finished: Document | undefined
  private readonly open: ParentNode[] = [this.root]
  /** How many elements of each name are open, so that most searches of the stack are not even begun. */
  private readonly opened = new Map<string, number>()
  /** Start tags below the deepest level, by name: their end tags must not end anything. */
  private readonly unopened = new Map<string, number>()
  private text: Text | null = null
  nodeCount = 0
  /** Nodes and attributes of this window. */
  private weight = 0

  /** Open svg and math elements, and open head elements: asked at each tag. */
  private foreign = 0
  private heads = 0

  private readonly windowWeight: number

  /** A window is full at about so many nodes and attributes. */
  constructor(windowWeight: number) {
    this.windowWeight = windowWeight
  }

  isOpen(name: string): boolean {
    return (this.opened.get(name) ?? 0) > 0
  }

  private isAnyOpen(candidates: ReadonlySet<string>): boolean {
    for (const name of candidates) if (this.isOpen(name)) return true
    return false
  }

  isForeign(): boolean {
    return this.foreign > 0
  }

  addText(content: string): void {
    if (this.text) {
      this.text.data += content
      return
    }
    this.text = new Text(content)
    this.append(this.text)
  }

  startTag({ name, attributes, attributeCount, isSelfClosing }: StartTag): void {
    this.text = null
    if (this.isRepeated(name, attributes) || this.isAstray(name)) return
    const foreign = this.isForeign()
    if (foreign && LEAVES_FOREIGN.has(name)) this.leaveForeign()
    this.impliedEnds(name)
    if (CELL.has(name) && ROW_PARENT.has(this.nameAt(this.open.length - 1))) this.startTag(ROW)
    if (this.weight >= this.windowWeight && this.mayCut(name)) this.beginWindow()
    const element = new Element(name === 'image' ? 'img' : name, attributes)
    this.append(element)
    this.weight += attributeCount
    if (VOID.has(name) || (isSelfClosing && foreign)) return
    if (this.open.length > MAX_DEPTH) this.unopened.set(name, (this.unopened.get(name) ?? 0) + 1)
    else this.push(element)
  }

  /** Rather between blocks than in a line, and rather between rows than in one; but not much later. */
  private mayCut(name: string): boolean {
    if (this.weight >= this.windowWeight * 1.25) return true
    return BLOCK.has(name) && !CELL.has(name) && !this.isAnyOpen(CELL)
  }

  /** Goes on in a tree of its own, in which what is open is open, too. */
  private beginWindow(): void {
    this.finished = this.root
    this.root = new Document()
    this.weight = 0
    let parent: ParentNode = this.root
    for (const [index, node] of this.open.entries()) {
      if (node instanceof Element) {
        const again: Element = new Element(node.name, node.attribs)
        append(parent, again)
        parent = again
      }
      this.open[index] = parent
    }
  }

  endTag(name: string): void {
    this.text = null
    const unopened = this.unopened.size === 0 ? 0 : (this.unopened.get(name) ?? 0)
    if (unopened > 0) {
      this.unopened.set(name, unopened - 1)
      return
    }
    if ((name === 'br' || name === 'p') && this.isForeign()) this.leaveForeign()
    if (name === 'br') this.append(new Element('br', {}))
    if (name === 'body' || name === 'html') return
    if (HEADING.has(name)) this.endHeading()
    else if (!this.isOpen(name)) return
    else if (name === 'form') this.forget(name)
    else if (FORMATTING.has(name)) this.endFormatting(name)
    else this.endOther(name)
  }

  /** A second `<body>` or `<html>` only adds attributes. */
  private isRepeated(name: string, attributes: Attributes): boolean {
    if ((name !== 'body' && name !== 'html') || !this.isOpen(name)) return false
    const known = this.open.find((node): node is Element => node instanceof Element && node.name === name)
    if (known) known.attribs = { ...attributes, ...known.attribs }
    return true
  }

  /** Parts of a table outside any, and a form in a form, are tags that browsers ignore. */
  private isAstray(name: string): boolean {
    if (name === 'form') return this.isOpen('form') && !this.isOpen('template')
    return PARTS_OF_TABLE.has(name) && !this.isOpen('table') && !this.isOpen('template')
  }

  private impliedEnds(name: string): void {
    const rules = IMPLIED_ENDS.get(name)
    if (this.heads > 0) this.endHead(name)
    if (!rules) return
    for (const rule of rules) {
      if (!rule.formatting) this.endWithin(rule.ends, rule.until)
      else if (this.isOpen(rule.formatting)) this.endFormatting(rule.formatting)
    }
  }

  private endHead(name: string): void {
    const rules = IMPLIED_ENDS.get('<head>')?.[0]
    if (rules && !rules.ends.has(name)) this.endWithin(ONLY_HEAD, SCOPE_END)
  }

  /** Ends the outermost open element of these names that stands inside the nearest boundary. */
  private endWithin(ends: ReadonlySet<string>, until: ReadonlySet<string>): void {
    if (!this.isAnyOpen(ends)) return
    let found = -1
    for (let index = this.open.length - 1; index > 0; index--) {
      const name = this.nameAt(index)
      if (ends.has(name)) found = index
      else if (until.has(name)) break
    }
    if (found > 0) this.popTo(found)
  }

  /** An end tag of any level ends the innermost heading. */
  private endHeading(): void {
    for (let index = this.open.length - 1; index > 0; index--) {
      const name = this.nameAt(index)
      if (SCOPE_END.has(name)) return
      if (HEADING.has(name)) {
        this.popTo(index)
        return
      }
    }
  }

  private endOther(name: string): void {
    const until = name === 'li' ? LIST_END : TABLE_PARTS.has(name) ? TABLE_END : SCOPE_END
    const isSpecial = SPECIAL.has(name)
    for (let index = this.open.length - 1; index > 0; index--) {
      const open = this.nameAt(index)
      if (open === name) {
        this.popTo(index)
        return
      }
      if (isSpecial ? until.has(open) : SPECIAL.has(open)) return
    }
  }

  /** `</form>` takes the form off the stack and leaves what is open inside it open. */
  private forget(name: string): void {
    const index = this.open.findLastIndex((node) => node instanceof Element && node.name === name)
    if (index > 0) this.open.splice(index, 1)
    this.count(name, -1)
  }

  /**
   * Ends a formatting element, also across blocks that were opened inside it (`<a><div></a>text`): they move out, their
   * content so far stays formatted. The standard's adoption agency (§13.2.6.4.7), without what reopens formatting later.
   */
  private endFormatting(name: string): void {
    for (let step = 0; step < MAX_ADOPTIONS; step++) {
      const found = this.findFormatting(name)
      if (!found) return
      if (found.block < 0) {
        this.popTo(found.index)
        return
      }
      this.adopt(found.index, found.block)
    }
  }

  /** The innermost open one in scope, and the outermost block inside it, -1 for none. */
  private findFormatting(name: string): { index: number; block: number } | undefined {
    let block = -1
    for (let index = this.open.length - 1; index > 0; index--) {
      const open = this.nameAt(index)
      if (open === name) return { index, block }
      if (SCOPE_END.has(open)) return undefined
      if (SPECIAL.has(open)) block = index
    }
    return undefined
  }

  /** Moves the block out of the formatting element, and formats its content by another one, open as long as what is in it. */
  private adopt(formattingIndex: number, blockIndex: number): void {
    const formatting = this.open[formattingIndex]
    const block = this.open[blockIndex]
    const parent = this.open[formattingIndex - 1]
    if (!(formatting instanceof Element) || !(block instanceof Element) || !parent) return
    detach(block)
    const inner = new Element(formatting.name, formatting.attribs)
    inner.children = block.children
    for (const child of block.children) child.parent = inner
    block.children = []
    append(block, inner)
    append(parent, block)
    const isOpenInside = blockIndex < this.open.length - 1
    if (isOpenInside) {
      this.open.splice(blockIndex + 1, 0, inner)
      this.count(inner.name, 1)
    }
    for (const node of this.open.splice(formattingIndex, blockIndex - formattingIndex)) {
      if (node instanceof Element) this.count(node.name, -1)
    }
  }

  private leaveForeign(): void {
    if (this.isAnyOpen(HTML_AGAIN)) return
    const index = this.open.findIndex(
      (node) => node instanceof Element && (node.name === 'svg' || node.name === 'math'),
    )
    if (index > 0) this.popTo(index)
  }

  private nameAt(index: number): string {
    const node = this.open[index]
    return node instanceof Element ? node.name : ''
  }

  private push(element: Element): void {
    this.open.push(element)
    this.count(element.name, 1)
  }

  private popTo(index: number): void {
    while (this.open.length > index) {
      const node = this.open.pop()
      if (node instanceof Element) this.count(node.name, -1)
    }
  }

  private count(name: string, by: number): void {
    this.opened.set(name, (this.opened.get(name) ?? 0) + by)
    if (name === 'svg' || name === 'math') this.foreign += by
    else if (name === 'head') this.heads += by
  }

  private append(node: Element | Text): void {
    this.nodeCount++
    this.weight++
    append(this.open[this.open.length - 1] ?? this.root, node)
  }
}

/** Takes a node out that is the last or nearly the last of its siblings, which is where open elements are. */
function detach(node: Element): void {
  node.parent?.children.splice(node.parent.children.lastIndexOf(node), 1)
}
