import { Element, type ParentNode } from '../tree/nodes.ts'
import type { Resolver } from '../links/resolve.ts'
import { attribute } from '../tree/reading-nodes.ts'
import { propertyValue } from './property-value.ts'
import { ItemBudget, MOST_LEVELS, type StructuredItem, addValue, words } from './structured-item.ts'

/** The top-level items of a document (HTML standard §5.2), outermost first. */
export function microdata(root: ParentNode, resolver: Resolver): StructuredItem[] {
  return new MicrodataReading(root, resolver).items
}

class MicrodataReading {
  readonly items: StructuredItem[] = []
  private readonly byId = new Map<string, Element>()
  private readonly budget = new ItemBudget()
  private readonly resolver: Resolver

  constructor(root: ParentNode, resolver: Resolver) {
    this.resolver = resolver
    const tops: Element[] = []
    this.survey(root, tops)
    for (const top of tops) if (this.budget.take(0)) this.items.push(this.itemOf(top, [top]))
  }

  /** Ids that an `itemref` may name, and items that are nobody's property. */
  private survey(node: ParentNode, tops: Element[]): void {
    for (const child of node.children) {
      if (!(child instanceof Element)) continue
      const id = child.attribs['id']
      if (id !== undefined && !this.byId.has(id)) this.byId.set(id, child)
      if (child.attribs['itemscope'] !== undefined && child.attribs['itemprop'] === undefined) tops.push(child)
      this.survey(child, tops)
    }
  }

  /** `around`: the items that it is part of, itself included; one that comes back to itself is left out (§5.2.5). */
  private itemOf(element: Element, around: readonly Element[]): StructuredItem {
    const item: StructuredItem = { type: words(attribute(element, 'itemtype')), properties: {} }
    const id = attribute(element, 'itemid')
    if (id !== '') item.id = this.resolver.web(id) ?? id
    const referred = words(attribute(element, 'itemref')).flatMap((name) => this.byId.get(name) ?? [])
    for (const other of referred) this.property(other, item, around)
    this.properties(element, item, around)
    return item
  }

  private properties(node: ParentNode, item: StructuredItem, around: readonly Element[]): void {
    for (const child of node.children) if (child instanceof Element) this.property(child, item, around)
  }

  private property(element: Element, item: StructuredItem, around: readonly Element[]): void {
    if (!this.budget.look()) return
    const names = words(attribute(element, 'itemprop'))
    const isItem = element.attribs['itemscope'] !== undefined
    if (names.length > 0 && !around.includes(element) && around.length <= MOST_LEVELS) {
      const value = isItem ? this.itemOf(element, [...around, element]) : propertyValue(element, this.resolver)
      for (const name of names) {
        if (!this.budget.take(typeof value === 'string' ? value.length : 0)) return
        addValue(item, name, value)
      }
    }
    if (!isItem) this.properties(element, item, around)
  }
}
