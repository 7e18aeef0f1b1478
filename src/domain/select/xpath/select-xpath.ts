import { Element, type ParentNode, Text } from '../../page/tree/nodes.ts'
import { type Looks, MOST_LOOKS, SelectorFault, spend } from '../selector-fault.ts'
import type { Expression, Step } from './expression.ts'
import { parseXPath } from './parse-xpath.ts'

export interface Attribute {
  name: string
  value: string
  parent: Element
}

export type XNode = ParentNode | Text | Attribute
export type XValue = XNode[] | string | number | boolean

/** A node costs an XPath five times what it costs a CSS selector. */
const LOOK = 5

interface Context {
  node: XNode
  position: number
  size: number
  root: ParentNode
  looks: Looks
}

/**
 * XPath 1.0 over our tree, names compared without prefixes and namespaces. There are no functions that read files or
 * addresses, and no variables. Throws SelectorFault.
 */
export function selectXPath(
  root: ParentNode,
  source: string,
  { from = root, looks = { left: MOST_LOOKS } }: { from?: ParentNode; looks?: Looks } = {},
): XValue {
  return evaluate(parseXPath(source), { node: from, position: 1, size: 1, root, looks })
}

/** Says so where there is no such function; undefined where there is. */
export function noFunction(name: string): string | undefined {
  return FUNCTIONS.has(name) ? undefined : `There is no function “${name}()” here.`
}

export function stringOf(value: XValue): string {
  if (!Array.isArray(value)) return typeof value === 'string' ? value : String(value)
  const [first] = value
  return first === undefined ? '' : textOf(first)
}

function textOf(node: XNode): string {
  if ('value' in node) return node.value
  if (node instanceof Text) return node.data
  return node.children.map((child) => (child instanceof Text || child instanceof Element ? textOf(child) : '')).join('')
}

function numberOf(value: XValue): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  const text = stringOf(value).trim()
  return text === '' ? Number.NaN : Number(text)
}

function truthOf(value: XValue): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : typeof value === 'number'
      ? value !== 0 && !Number.isNaN(value)
      : Boolean(value)
}

function evaluate(expression: Expression, context: Context): XValue {
  switch (expression.is) {
    case 'literal':
      return expression.value
    case 'call':
      return called(expression.name, expression.inputs, context)
    case 'binary':
      return combined(expression, context)
    case 'path':
      return walked(expression, context)
  }
}

function walked({ from, steps }: Extract<Expression, { is: 'path' }>, context: Context): XValue {
  const start = from === 'root' ? [context.root] : from === 'here' ? [context.node] : evaluate(from, context)
  if (!Array.isArray(start)) throw new SelectorFault('Only nodes have a path or a predicate.')
  const isFilter = typeof from === 'object'
  return steps.reduce<XNode[]>((nodes, step, index) => {
    // Predicates of a bracketed expression count its nodes together (XPath 1.0 §3.3).
    if (isFilter && index === 0 && step.axis === 'self') return filtered(nodes, step.predicates, context)
    const found = nodes.flatMap((node) => filtered(along(step, node, context), step.predicates, context))
    return nodes.length > 1 ? unique(found) : found
  }, start)
}

function unique(nodes: XNode[]): XNode[] {
  const seen = new Set<unknown>()
  return nodes.filter((node) => {
    const identity = 'value' in node ? `${node.name}\u0000${node.value}` : node
    if (!('value' in node) && seen.has(identity)) return false
    seen.add(identity)
    return true
  })
}

function filtered(nodes: XNode[], predicates: readonly Expression[], context: Context): XNode[] {
  return predicates.reduce((left, predicate) => {
    return left.filter((node, index) => {
      const value = evaluate(predicate, { ...context, node, position: index + 1, size: left.length })
      return typeof value === 'number' ? value === index + 1 : truthOf(value)
    })
  }, nodes)
}

function along({ axis, test }: Step, node: XNode, { looks }: Context): XNode[] {
  const found: XNode[] = []
  const look = (each: XNode | null | undefined) => {
    spend(looks, LOOK)
    if (each && isA(each, test)) found.push(each)
  }
  switch (axis) {
    case 'self':
      look(node)
      break
    case 'child':
      for (const child of childrenOf(node)) look(child)
      break
    case 'descendant-or-self':
      look(node)
      descend(node, look)
      break
    case 'descendant':
      descend(node, look)
      break
    case 'parent':
      look(node.parent)
      break
    case 'ancestor-or-self':
    case 'ancestor':
      if (axis === 'ancestor-or-self') look(node)
      for (let around = node.parent; around; around = around.parent) look(around)
      break
    case 'attribute':
      if (node instanceof Element)
        for (const [name, value] of Object.entries(node.attribs)) look({ name, value, parent: node })
      break
    case 'following-sibling':
    case 'preceding-sibling':
      for (const sibling of siblings(node, axis === 'following-sibling')) look(sibling)
      break
  }
  return found
}

function childrenOf(node: XNode): (Element | Text)[] {
  if ('value' in node || node instanceof Text) return []
  return node.children.filter((child): child is Element | Text => child instanceof Element || child instanceof Text)
}

function descend(node: XNode, look: (node: XNode) => void): void {
  for (const child of childrenOf(node)) {
    look(child)
    descend(child, look)
  }
}

function siblings(node: XNode, isAfter: boolean): (Element | Text)[] {
  if ('value' in node || !node.parent) return []
  const all = childrenOf(node.parent)
  const at = all.findIndex((each) => each === node)
  return isAfter ? all.slice(at + 1) : all.slice(0, Math.max(0, at)).reverse()
}

function isA(node: XNode, test: string): boolean {
  if (test === 'node()') return true
  if (test === 'text()') return node instanceof Text
  const name = 'value' in node || node instanceof Element ? node.name : undefined
  return name !== undefined && (test === '*' || name.slice(name.indexOf(':') + 1) === test)
}

function combined({ operator, left, right }: Extract<Expression, { is: 'binary' }>, context: Context): XValue {
  const one = evaluate(left, context)
  if (operator === 'or') return truthOf(one) || truthOf(evaluate(right, context))
  if (operator === 'and') return truthOf(one) && truthOf(evaluate(right, context))
  const other = evaluate(right, context)
  if (operator === '|') return unique([...(Array.isArray(one) ? one : []), ...(Array.isArray(other) ? other : [])])
  const [a, b] = [numberOf(one), numberOf(other)]
  if (operator === '+') return a + b
  if (operator === '-') return a - b
  if (operator === '*') return a * b
  if (operator === 'div') return a / b
  if (operator === 'mod') return a % b
  return each(one).some((x) => each(other).some((y) => compares(x, operator, y)))
}

/** A comparison of node sets holds if it holds for any of their nodes (XPath 1.0 §3.4). */
function each(value: XValue): (string | number | boolean)[] {
  return Array.isArray(value) ? value.map(textOf) : [value]
}

function compares(x: string | number | boolean, operator: string, y: string | number | boolean): boolean {
  const isText = typeof x === 'string' && typeof y === 'string'
  if (operator === '=') return isText ? x === y : numberOf(x) === numberOf(y)
  if (operator === '!=') return isText ? x !== y : numberOf(x) !== numberOf(y)
  const [a, b] = [numberOf(x), numberOf(y)]
  if (operator === '<') return a < b
  if (operator === '>') return a > b
  return operator === '<=' ? a <= b : a >= b
}

interface Inputs {
  context: Context
  values: readonly XValue[]
  /** The first input, or the node at hand. */
  nodes: XValue
  text: (index: number) => string
}

/** XPath 1.0 §4; none of them reaches out of the document. */
const FUNCTIONS: ReadonlyMap<string, (inputs: Inputs) => XValue> = new Map<string, (inputs: Inputs) => XValue>([
  ['position', ({ context }) => context.position],
  ['last', ({ context }) => context.size],
  ['count', ({ nodes }) => (Array.isArray(nodes) ? nodes.length : 0)],
  ['sum', ({ nodes }) => each(nodes).reduce<number>((sum, value) => sum + numberOf(value), 0)],
  ['not', ({ nodes }) => !truthOf(nodes)],
  ['boolean', ({ nodes }) => truthOf(nodes)],
  ['number', ({ nodes }) => numberOf(nodes)],
  ['string', ({ text }) => text(0)],
  ['true', () => true],
  ['false', () => false],
  ['contains', ({ text }) => text(0).includes(text(1))],
  ['starts-with', ({ text }) => text(0).startsWith(text(1))],
  ['normalize-space', ({ text }) => text(0).replace(/\s+/g, ' ').trim()],
  ['string-length', ({ text }) => text(0).length],
  ['concat', ({ values }) => values.map(stringOf).join('')],
  ['substring-before', ({ text }) => parted(text(0), text(1))[0]],
  ['substring-after', ({ text }) => parted(text(0), text(1))[1]],
  ['name', ({ nodes }) => nameOf(nodes)],
  ['local-name', ({ nodes }) => nameOf(nodes)],
])

function called(name: string, inputs: readonly Expression[], context: Context): XValue {
  const call = FUNCTIONS.get(name)
  if (!call) throw new SelectorFault(noFunction(name))
  const values = inputs.map((input) => evaluate(input, context))
  const nodes = values[0] ?? [context.node]
  return call({ context, values, nodes, text: (index) => stringOf(values[index] ?? [context.node]) })
}

function parted(text: string, mark: string): [before: string, after: string] {
  const at = text.indexOf(mark)
  return at === -1 ? ['', ''] : [text.slice(0, at), text.slice(at + mark.length)]
}

function nameOf(nodes: XValue): string {
  const first = Array.isArray(nodes) ? nodes[0] : undefined
  return first && 'name' in first ? first.name.replace(/^.*:/, '') : ''
}
