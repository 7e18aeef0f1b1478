import { escaped } from './escaped.ts'

type Node = Readonly<Record<string, unknown>>

const MOST_DEPTH = 30

/**
 * Text as content systems keep it, as trees of typed nodes (Contentful, Sanity, Prismic, Storyblok, ProseMirror, Slate,
 * Editor.js, Lexical), written as HTML. Undefined for anything else.
 */
export function richText(value: unknown): string | undefined {
  const blocks = blocksOf(value)
  if (!blocks) return undefined
  const html = blocks.map((block) => blockHtml(block, 0)).join('')
  return html === '' ? undefined : html
}

export function isRichText(value: unknown): boolean {
  return blocksOf(value) !== undefined
}

/** A document's blocks; undefined where it is no such document. */
function blocksOf(value: unknown): Node[] | undefined {
  if (Array.isArray(value)) {
    const blocks = value.filter(isNode)
    const texts = blocks.filter((block) => typeOf(block) !== '' && holdsText(block))
    return texts.length > 0 && texts.length * 2 >= value.length ? blocks : undefined
  }
  if (!isNode(value)) return undefined
  if (isNode(value['root'])) return blocksOf(value['root']['children'])
  if (/^(?:doc|document|root)$/i.test(typeOf(value))) return blocksOf(childrenOf(value))
  return typeOf(value) === '' && Array.isArray(value['blocks']) ? blocksOf(value['blocks']) : undefined
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeOf(node: Node): string {
  return [node['nodeType'], node['_type'], node['type']].find((type) => typeof type === 'string') ?? ''
}

function childrenOf(node: Node): Node[] {
  const children = node['content'] ?? node['children']
  return Array.isArray(children) ? children.filter(isNode) : []
}

/** Editor.js keeps a block's text in `data`. */
function ownText(node: Node): string {
  const inner = isNode(node['data']) ? node['data']['text'] : undefined
  return [node['text'], node['value'], inner].find((text) => typeof text === 'string') ?? ''
}

function holdsText(node: Node, depth = 0): boolean {
  if (depth > MOST_DEPTH) return false
  return ownText(node) !== '' || childrenOf(node).some((child) => holdsText(child, depth + 1))
}

function blockHtml(node: Node, depth: number): string {
  const children = childrenOf(node)
  const isContainer = children.some((child) => childrenOf(child).length > 0)
  if (depth < MOST_DEPTH && isContainer && !isInline(children)) {
    const inner = children.map((child) => blockHtml(child, depth + 1)).join('')
    const tag = containerTag(typeOf(node))
    return tag === undefined ? inner : `<${tag}>${inner}</${tag}>`
  }
  const text = textOf(node, depth).trim()
  if (text === '') return ''
  const tag = headingTag(node) ?? (/quote/i.test(typeOf(node)) ? 'blockquote' : 'p')
  return `<${tag}>${text}</${tag}>`
}

/** Links and marks around texts, and texts beside them. */
function isInline(children: readonly Node[]): boolean {
  return children.some((child) => ownText(child) !== '' && childrenOf(child).length === 0)
}

function containerTag(type: string): string | undefined {
  if (/^ordered|^ol$/i.test(type)) return 'ol'
  if (/(?:bullet|unordered|^ul$|^list$)/i.test(type)) return 'ul'
  return /item|^li$/i.test(type) ? 'li' : undefined
}

/** Sanity says `style`, Lexical `tag`. */
function styleOf({ style, tag }: Node): string {
  return [style, tag].find((each) => typeof each === 'string') ?? ''
}

function headingTag(node: Node): string | undefined {
  const attributes = isNode(node['attrs']) ? node['attrs'] : isNode(node['data']) ? node['data'] : node
  const named = /^(?:heading|header)-?([1-6])?$/i.exec(typeOf(node)) ?? /^h([1-6])$/i.exec(styleOf(node))
  if (!named) return undefined
  const level = Number(named[1] ?? attributes['level'] ?? 2)
  return `h${level >= 1 && level <= 6 ? level : 2}`
}

function textOf(node: Node, depth: number): string {
  const own = escaped(ownText(node))
  if (depth > MOST_DEPTH) return own
  return (
    own +
    childrenOf(node)
      .map((child) => textOf(child, depth + 1))
      .join('')
  )
}
