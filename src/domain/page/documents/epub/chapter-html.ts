import { type ChildNode, Element } from '../../tree/nodes.ts'
import { writeHtml } from '../../html.ts'
import { Resolver } from '../../links/resolve.ts'
import { VOID } from '../../tree/element-kinds.ts'
import { parseHtml } from '../../tree/parse-html.ts'

/** Addresses inside a book lead nowhere on the web: only absolute ones stay. */
const INSIDE = 'epub:/book/'

/** One chapter's body as plain HTML. */
export function chapterHtml(xhtml: string): string {
  const { root } = parseHtml(asHtml(xhtml))
  return writeHtml(root, new Resolver(INSIDE), isHead)
}

/** XHTML may end any element within its start tag; to HTML `<a id="n"/>` is a link to the end of the page. */
function asHtml(xhtml: string): string {
  return xhtml
    .replace(/^\s*<\?xml[^>]*>/, '')
    .replace(/<([a-z][\w:-]*)((?:\s[^<>]*)?)\/>/gi, (whole, name: string, rest: string) =>
      VOID.has(name.toLowerCase()) ? whole : `<${name}${rest}></${name}>`,
    )
}

function isHead(node: ChildNode): boolean {
  return node instanceof Element && node.name === 'head'
}
