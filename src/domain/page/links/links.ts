import { Element, type ParentNode } from '../tree/nodes.ts'
import type { PageLink } from '../page.ts'
import { attribute, collapse, textInside } from '../tree/reading-nodes.ts'
import type { Resolver } from './resolve.ts'

/** A document's links in document order, each URL once, with the first text that names it. */
export function findLinks(linked: readonly Element[], resolver: Resolver): PageLink[] {
  const byUrl = new Map<string, PageLink>()
  for (const element of linked) {
    const href = attribute(element, 'href')
    if (href === '' || (element.name === 'link' && !namesPage(element))) continue
    const url = resolver.web(href)
    if (url === null) continue
    const known = byUrl.get(url)
    if (!known) byUrl.set(url, linkOf(url, element))
    else if (known.text === '') known.text = textOf(element)
  }
  return [...byUrl.values()]
}

function linkOf(url: string, element: Element): PageLink {
  const rel = attribute(element, 'rel')
  const text = textOf(element)
  return rel === '' ? { url, text } : { url, text, rel: rel.toLowerCase().split(/\s+/).join(' ') }
}

function textOf(element: Element): string {
  if (element.name === 'a') return anchorText(element)
  return collapse(attribute(element, element.name === 'area' ? 'alt' : 'title'))
}

const FEED = /(?:rss|atom|feed)|json|xml|oembed/i

/** The `link` elements that name pages: the next and previous one, and other languages of this one. */
function namesPage(link: Element): boolean {
  const rel = attribute(link, 'rel').toLowerCase().split(/\s+/)
  if (rel.includes('next') || rel.includes('prev')) return true
  return rel.includes('alternate') && !rel.includes('stylesheet') && !FEED.test(attribute(link, 'type'))
}

function anchorText(anchor: Element): string {
  const [only] = anchor.children
  if (anchor.children.length === 1 && only && 'data' in only) return collapse(only.data)
  const text = textInside(anchor)
  return text === '' ? imageText(anchor) || attribute(anchor, 'aria-label') || attribute(anchor, 'title') : text
}

function imageText(node: ParentNode): string {
  for (const child of node.children) {
    if (!(child instanceof Element)) continue
    const text = child.name === 'img' ? collapse(attribute(child, 'alt')) : imageText(child)
    if (text !== '') return text
  }
  return ''
}
