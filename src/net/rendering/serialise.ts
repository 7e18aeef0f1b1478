import { HIDDEN } from './hide-banners.ts'

/** What is evaluated in the page, in a world of its own that the page's scripts can't reach. */
export interface Serialised {
  /** Absent where it would be longer than was asked for. */
  html?: string
  length: number
  url: string
}

/**
 * The document as people see it: shadow trees where their hosts stand, slots filled, frames of the same origin in place,
 * without what only a browser would use. Written as text, because it is compiled in the page and not here.
 */
export const serialise = (mostCharacters: number): string => `(() => {
  const unused = 'script:not([type*="json"]), noscript, style, link[rel~="preload"], link[rel~="modulepreload"], [${HIDDEN}]'
  const inner = (frame) => { try { return frame.contentDocument?.body } catch { return undefined } }
  const isComposed = (root) => root.querySelectorAll('*').values().some((each) => each.shadowRoot ||
    (each.localName === 'iframe' && inner(each)?.hasChildNodes()))
  const composed = (node) => {
    if (node.localName === 'slot' && node.getRootNode() instanceof ShadowRoot) {
      const part = document.createDocumentFragment()
      const given = node.assignedNodes()
      part.append(...(given.length > 0 ? given : [...node.childNodes]).map(composed))
      return part
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.localName === 'template') return node.cloneNode(true)
    const frame = node.localName === 'iframe' ? inner(node) : undefined
    const copy = frame ? document.createElement('div') : node.cloneNode(false)
    if (frame) copy.setAttribute('data-frame', node.src)
    const children = (frame ?? node.shadowRoot ?? node).childNodes
    copy.append(...[...children].map(composed))
    return copy
  }
  const root = document.documentElement
  const tree = isComposed(root) ? composed(root) : root
  for (const each of tree.querySelectorAll(unused)) each.remove()
  const html = '<!DOCTYPE html>' + tree.outerHTML
  return { ...(html.length <= ${mostCharacters} && { html }), length: html.length, url: location.href }
})()`
