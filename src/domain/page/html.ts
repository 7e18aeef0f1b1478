import { type ChildNode, Element, type ParentNode, Text } from './tree/nodes.ts'
import type { Resolver } from './links/resolve.ts'
import { imageUrl } from './markdown/image.ts'
import { UNREAD, VOID, names } from './tree/element-kinds.ts'

const KEPT_ATTRIBUTES = names(
  'alt title colspan rowspan scope start value reversed datetime cite lang dir align checked open width height',
)
const ADDRESSES = names('href src cite')
const FORM_CONTROLS = names('button select textarea')

/** The tree below `root`, without what `drops` names, as HTML: no scripts, styles or handlers; addresses absolute. */
export function writeHtml(root: ParentNode, resolver: Resolver, drops: (node: ChildNode) => boolean): string {
  const parts: string[] = []
  const write = (node: ParentNode) => {
    for (const child of node.children) {
      if (drops(child)) continue
      if (child instanceof Text) parts.push(escaped(child.data))
      else if (child instanceof Element) writeElement(child)
    }
  }
  const writeElement = (element: Element) => {
    const { name } = element
    if ((UNREAD.has(name) && name !== 'iframe') || FORM_CONTROLS.has(name)) return
    const isPlain = name === 'html' || name === 'body' || !/^[a-z][a-z0-9]*$/.test(name)
    if (!isPlain) parts.push(`<${name}${attributes(element, resolver)}>`)
    write(element)
    if (!isPlain && !VOID.has(name)) parts.push(`</${name}>`)
  }
  write(root)
  return parts
    .join('')
    .replace(/\n\s*\n+/g, '\n')
    .trim()
}

function attributes(element: Element, resolver: Resolver): string {
  let out = ''
  for (const [name, value] of Object.entries(element.attribs)) {
    const kept = ADDRESSES.has(name)
      ? address(element, name, resolver)
      : KEPT_ATTRIBUTES.has(name)
        ? value
        : languageClass(element, name, value)
    if (kept !== null) out += ` ${name}="${escaped(kept).replaceAll('"', '&quot;')}"`
  }
  return out
}

/** The one class that means something without its style sheet: a listing's language. */
function languageClass(element: Element, name: string, value: string): string | null {
  if (name !== 'class' || (element.name !== 'code' && element.name !== 'pre')) return null
  return /(?:^|\s)(language-[\w+#-]+)/.exec(value)?.[1] ?? null
}

function address(element: Element, name: string, resolver: Resolver): string | null {
  if (element.name === 'img' && name === 'src') return imageUrl(element, resolver)
  const value = element.attribs[name]?.trim() ?? ''
  if (/^(?:mailto|tel):/i.test(value)) return value
  return value === '' ? null : resolver.web(value)
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'))
}
