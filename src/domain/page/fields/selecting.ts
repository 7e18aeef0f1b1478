import { Element, type ParentNode } from '../tree/nodes.ts'
import { CssSelecting, cssFault } from '../../select/css.ts'
import type { Looks } from '../../select/selector-fault.ts'
import { selectXPath, stringOf } from '../../select/xpath/select-xpath.ts'
import { xpathFault } from '../../select/xpath/xpath-fault.ts'

/** An element, or the text that an XPath selects: of an attribute, of a text node, or what a function answers. */
export type Found = Element | string

const XPATH = /^\s*(?:xpath:\s*|(?=\/|\.\.?\/))/

/** The XPath that a selector is; undefined for CSS. */
function xpathIn(selector: string): string | undefined {
  const mark = XPATH.exec(selector)?.[0]
  return mark === undefined ? undefined : selector.slice(mark.length)
}

/** Why a field's selector can't be used; undefined when it can. */
export function selectorFault(selector: string): string | undefined {
  const xpath = xpathIn(selector)
  return xpath === undefined ? cssFault(selector) : xpathFault(xpath)
}

/** Finds by CSS and XPath on one document, all on one allowance of looks. Throws SelectorFault. */
export class FieldSelecting {
  private readonly css: CssSelecting
  private readonly root: ParentNode
  private readonly looks: Looks

  constructor(root: ParentNode, { isXml, looks }: { isXml: boolean; looks: Looks }) {
    this.root = root
    this.looks = looks
    this.css = new CssSelecting(looks, { isXml })
  }

  /** In document order. CSS and relative XPath look inside `within`, `:scope` is itself, `/…` begins at the document. */
  find(selector: string, within: ParentNode, { all }: { all: boolean }): Found[] {
    const xpath = xpathIn(selector)
    if (xpath !== undefined) return this.byXPath(xpath, within).slice(0, all ? undefined : 1)
    if (selector.trim() === ':scope' && within instanceof Element) return [within]
    if (all) return this.css.all(selector, within)
    const first = this.css.first(selector, within)
    return first ? [first] : []
  }

  private byXPath(xpath: string, from: ParentNode): Found[] {
    const value = selectXPath(this.root, xpath, { from, looks: this.looks })
    if (!Array.isArray(value)) return [stringOf(value)]
    return value.map((node) => (node instanceof Element ? node : stringOf([node])))
  }
}
