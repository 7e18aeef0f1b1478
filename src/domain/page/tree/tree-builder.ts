import { Document, Element, type ParentNode, Text } from 'domhandler'
import { FORMATTING, HEADING, SCOPE_END, SPECIAL, VOID, names } from './element-kinds.ts'
import { IMPLIED_ENDS, LEAVES_FOREIGN } from './implied-ends.ts'

/**
 * Elements nest this deep and no deeper; what is nested deeper becomes a sibling, as in Chromium (512 there, too).
 * Everything that reads the tree may therefore recurse.
 */
const MAX_DEPTH = 512

const LIST_END = names('ol ul table td th caption template')
const TABLE_END = names('table template')
const ONLY_HEAD = names('head')
const TABLE_PARTS = names('table td th tr tbody thead tfoot caption')

/**
 * Builds the tree from tags and text the way the HTML standard's tree construction does for what pages really contain:
 * implied end tags, scopes, misnested formatting. Not done: foster parenting, implied `tbody`, `html`, `head` and `body`.
 */
export class TreeBuilder {
  readonly root = new Document([])
  private readonly open: ParentNode[] = [this.root]
  /** How many elements of each name are open, so that most searches of the stack are not even begun. */
  private readonly opened = new Map<string, number>()
  /** Start tags below the deepest level, by name: their end tags must not end anything. */
  private readonly unopened = new Map<string, number>()
  private text: Text | null = null
  nodeCount = 0

  /** Open svg and math elements, and open head elements: asked at each tag. */
  private foreign = 0
  private heads = 0

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

  startTag(name: string, attributes: Record<string, string>, selfClosing: boolean): void {
    this.text = null
    if (this.isRepeated(name, attributes)) return
    const foreign = this.isForeign()
    if (foreign && LEAVES_FOREIGN.has(name) && !this.isOpen('foreignobject')) this.leaveForeign()
    this.impliedEnds(name)
    const element = new Element(name === 'image' ? 'img' : name, attributes)
    this.append(element)
    if (VOID.has(name) || (selfClosing && foreign)) return
    if (this.open.length > MAX_DEPTH) this.unopened.set(name, (this.unopened.get(name) ?? 0) + 1)
    else this.push(element)
  }

  endTag(name: string): void {
    this.text = null
    const unopened = this.unopened.size === 0 ? 0 : (this.unopened.get(name) ?? 0)
    if (unopened > 0) {
      this.unopened.set(name, unopened - 1)
      return
    }
    if (name === 'br') this.append(new Element('br', {}))
    if (name === 'body' || name === 'html') return
    if (HEADING.has(name)) this.endHeading()
    else if (!this.isOpen(name)) return
    else if (name === 'form') this.forget(name)
    else if (FORMATTING.has(name)) this.endFormatting(name)
    else this.endOther(name)
  }

  /** A second `<body>` or `<html>` only adds attributes. */
  private isRepeated(name: string, attributes: Record<string, string>): boolean {
    if ((name !== 'body' && name !== 'html') || !this.isOpen(name)) return false
    const known = this.open.find((node): node is Element => node instanceof Element && node.name === name)
    if (known) known.attribs = { ...attributes, ...known.attribs }
    return true
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

  private endHeading(): void {
    this.endWithin(HEADING, SCOPE_END)
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
   * Ends a formatting element, also across a block that was opened inside it (`<a><div></a>text`): the block moves out,
   * its content so far stays formatted. The standard's adoption agency (§13.2.6.4.7), one step of it.
   */
  private endFormatting(name: string): void {
    let block = -1
    for (let index = this.open.length - 1; index > 0; index--) {
      const open = this.nameAt(index)
      if (open === name) {
        if (block > 0) this.adopt(index, block)
        else this.popTo(index)
        return
      }
      if (SCOPE_END.has(open)) return
      if (SPECIAL.has(open)) block = index
    }
  }

  private adopt(formattingIndex: number, blockIndex: number): void {
    const formatting = this.open[formattingIndex]
    const block = this.open[blockIndex]
    const parent = this.open[formattingIndex - 1]
    if (!(formatting instanceof Element) || !(block instanceof Element) || !parent) return
    detach(block)
    const inner = new Element(formatting.name, { ...formatting.attribs }, block.children)
    for (const child of block.children) child.parent = inner
    block.children = []
    attach(block, inner)
    attach(parent, block)
    for (const node of this.open.splice(formattingIndex, blockIndex - formattingIndex)) {
      if (node instanceof Element) this.count(node.name, -1)
    }
  }

  private leaveForeign(): void {
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
    attach(this.open[this.open.length - 1] ?? this.root, node)
  }
}

function attach(parent: ParentNode, node: Element | Text): void {
  const { children } = parent
  node.parent = parent
  const last = children[children.length - 1]
  if (!last) {
    // An array that is written with its element has room for one; one that it is pushed to, for 17. Most have one child.
    parent.children = [node]
    return
  }
  last.next = node
  node.prev = last
  children.push(node)
}

/** Takes a node out that is the last or nearly the last of its siblings, which is where open elements are. */
function detach(node: Element): void {
  if (node.parent) node.parent.children.splice(node.parent.children.lastIndexOf(node), 1)
  if (node.prev) node.prev.next = node.next
  if (node.next) node.next.prev = node.prev
  node.prev = null
  node.next = null
}
