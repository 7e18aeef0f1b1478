import { type Options, compile, selectAll, selectOne } from 'css-select'
import { type ChildNode, Document, Element, type Node, type ParentNode, Text } from '../page/tree/nodes.ts'
import { parserReason } from './browser-selector.ts'
import { type Looks, MOST_LOOKS, SelectorFault, spend } from './selector-fault.ts'

type Query = ReturnType<typeof compile<Node, Element>>
type Adapter = NonNullable<Options<Node, Element>['adapter']>

/**
 * CSS selectors over our tree, all of them on one allowance of looks: `nope div div div` takes 20 s on a page nested 400
 * deep, because every combinator multiplies the ways. Throws SelectorFault.
 */
export class CssSelecting {
  private readonly compiled = new Map<string, Query>()
  private readonly options: Options<Node, Element>

  constructor(looks: Looks = { left: MOST_LOOKS }, { isXml = false } = {}) {
    this.options = { adapter: countingAdapter(looks), xmlMode: isXml }
  }

  /** The elements inside `within` that match, in document order. `:scope` and a leading combinator mean `within`. */
  all(selector: string, within: ParentNode): Element[] {
    return selectAll(this.query(selector, within), within, this.options)
  }

  first(selector: string, within: ParentNode): Element | undefined {
    return selectOne(this.query(selector, within), within, this.options) ?? undefined
  }

  /** Compiled once for all places, unless its meaning depends on the place. */
  private query(selector: string, within: ParentNode): Query {
    const known = this.compiled.get(selector)
    if (known) return known
    const isRelative = /:scope|(?:^|,)\s*[>+~]/.test(selector)
    const query = compiled(selector, this.options, isRelative ? within : undefined)
    if (!isRelative) this.compiled.set(selector, query)
    return query
  }
}

function compiled(selector: string, options: Options<Node, Element>, within: ParentNode | undefined): Query {
  try {
    return compile(selector, options, within)
  } catch (error) {
    throw new SelectorFault(notCss(selector, error))
  }
}

function notCss(selector: string, error: unknown): string {
  return `“${selector}” is no CSS selector that can be used here: ${parserReason(error)}`
}

/** Taken by css-select for a class with an empty name, which nothing has. */
const NAMELESS_CLASS = /(?<!\\)\.(?![-\w\\\u0080-\uffff])/
const QUOTED = /"[^"]*"|'[^']*'|\[[^\]]*\]/g

/** Why a CSS selector can't be used; undefined when it can. To be asked when it is given. */
export function cssFault(selector: string): string | undefined {
  // Read by css-select as a selector that finds nothing.
  if (/^\s*$|[>+~]\s*$/.test(selector)) return notCss(selector, new Error('Its end is missing'))
  if (NAMELESS_CLASS.test(selector.replaceAll(QUOTED, ''))) return notCss(selector, new Error('A class has no name'))
  try {
    new CssSelecting({ left: Number.POSITIVE_INFINITY }).all(selector, new Document())
    return undefined
  } catch (error) {
    return error instanceof SelectorFault ? error.message : notCss(selector, error)
  }
}

/** What css-select asks of a tree, every question counted that can be asked again and again. */
function countingAdapter(looks: Looks): Adapter {
  return {
    isTag: (node): node is Element => {
      spend(looks)
      return node instanceof Element
    },
    getParent: (element) => {
      spend(looks)
      return element.parent
    },
    getText: (node) => {
      const text = textOf(node)
      spend(looks, text.length)
      return text
    },
    getAttributeValue: (element, name) => element.attribs[name],
    hasAttrib: (element, name) => element.attribs[name] !== undefined,
    getName: (element) => element.name,
    getChildren: (node) => childrenOf(node),
    getSiblings: (node) => (node.parent ? childrenOf(node.parent) : [node]),
    prevElementSibling: previousElements(looks),
    removeSubsets: (nodes) => nodes.filter((node) => !isInside(node, nodes)),
  }
}

function childrenOf(node: Node): Node[] {
  return 'children' in node ? node.children : []
}

function textOf(node: Node): string {
  return node instanceof Text ? node.data : childrenOf(node).map(textOf).join('')
}

/** Finds the element before another one. Nodes don't know their siblings: those of a parent are counted when it is first asked. */
function previousElements(looks: Looks): (node: Node) => Element | null {
  const known = new WeakMap<ParentNode, Map<ChildNode, Element | null>>()
  return (node) => {
    spend(looks)
    if (!node.parent || node instanceof Document) return null
    const ofParent = known.get(node.parent) ?? elementsBefore(node.parent)
    known.set(node.parent, ofParent)
    return ofParent.get(node) ?? null
  }
}

function elementsBefore({ children }: ParentNode): Map<ChildNode, Element | null> {
  const before = new Map<ChildNode, Element | null>()
  let last: Element | null = null
  for (const child of children) {
    if (!(child instanceof Element)) continue
    before.set(child, last)
    last = child
  }
  return before
}

function isInside(node: Node, others: readonly Node[]): boolean {
  for (let around = node.parent; around; around = around.parent) if (others.includes(around)) return true
  return false
}
