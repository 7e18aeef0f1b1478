import { Element, type ParentNode } from '../tree/nodes.ts'
import type { Resolver } from '../links/resolve.ts'
import { attribute } from '../tree/reading-nodes.ts'
import { propertyValue } from './property-value.ts'
import { ItemBudget, type StructuredItem, type StructuredValue, addValue, words } from './structured-item.ts'

/** What the elements around say of those inside. */
interface Surroundings {
  item: StructuredItem | undefined
  /** Ends in `/` or `#`; '' where none is said. */
  vocabulary: string
  prefixes: ReadonlyMap<string, string>
}

/** The initial context of RDFa 1.1, as far as pages use it. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['schema', 'https://schema.org/'],
  ['og', 'https://ogp.me/ns#'],
  ['dc', 'http://purl.org/dc/terms/'],
  ['dcterms', 'http://purl.org/dc/terms/'],
  ['foaf', 'http://xmlns.com/foaf/0.1/'],
  ['gr', 'http://purl.org/goodrelations/v1#'],
  ['v', 'http://rdf.data-vocabulary.org/#'],
])

/** Items that name their type in RDFa Lite 1.1 (`vocab`, `typeof`, `property`, `resource`, `prefix`) and are no property of another. */
export function rdfa(root: ParentNode, resolver: Resolver): StructuredItem[] {
  const items: StructuredItem[] = []
  const budget = new ItemBudget()
  const visit = (node: ParentNode, around: Surroundings): void => {
    for (const child of node.children) if (child instanceof Element) visitElement(child, around)
  }
  const visitElement = (element: Element, around: Surroundings): void => {
    if (!budget.look()) return
    const here = surroundingsIn(element, around)
    const item = itemOf(element, here, resolver)
    if (item && !(here.item && hasProperty(element)) && budget.take(0)) items.push(item)
    if (here.item) {
      const value: StructuredValue = item ?? (hasProperty(element) ? propertyValue(element, resolver) : '')
      const names = words(attribute(element, 'property')).map((name) => shortened(name, here))
      for (const name of names)
        if (budget.take(typeof value === 'string' ? value.length : 0)) addValue(here.item, name, value)
    }
    visit(element, item ? { ...here, item } : here)
  }
  visit(root, { item: undefined, vocabulary: '', prefixes: PREFIXES })
  return items
}

function hasProperty(element: Element): boolean {
  return element.attribs['property'] !== undefined
}

function surroundingsIn(element: Element, around: Surroundings): Surroundings {
  const { vocab, prefix } = element.attribs
  if (vocab === undefined && prefix === undefined) return around
  const pairs = [...(prefix ?? '').matchAll(/(\S+):\s+(\S+)/g)].slice(0, 50)
  const prefixes = pairs.map(([, name = '', address = '']) => [name.toLowerCase(), address] as const)
  return {
    ...around,
    vocabulary: vocab === undefined ? around.vocabulary : vocab.trim(),
    prefixes: new Map([...around.prefixes, ...prefixes]),
  }
}

function itemOf(element: Element, here: Surroundings, resolver: Resolver): StructuredItem | undefined {
  const types = words(attribute(element, 'typeof'))
  if (types.length === 0) return undefined
  const about = attribute(element, 'resource') || attribute(element, 'about')
  const id = about === '' ? undefined : (resolver.web(about) ?? about)
  return { type: types.map((type) => expanded(type, here)), ...(id !== undefined && { id }), properties: {} }
}

/** A term of the vocabulary, or a name with a prefix, as its address. */
function expanded(name: string, { vocabulary, prefixes }: Surroundings): string {
  const [prefix = '', local] = name.split(':', 2)
  if (local === undefined) return vocabulary + name
  const address = prefixes.get(prefix.toLowerCase())
  return address === undefined || local.startsWith('//') ? name : address + local
}

/** Properties of the item's own vocabulary go by their short name. */
function shortened(name: string, here: Surroundings): string {
  const whole = expanded(name, here)
  const isOwn = here.vocabulary !== '' && whole.startsWith(here.vocabulary)
  const [, schema] = /^https?:\/\/schema\.org\/(.+)$/.exec(whole) ?? []
  return schema ?? (isOwn ? whole.slice(here.vocabulary.length) : whole)
}
