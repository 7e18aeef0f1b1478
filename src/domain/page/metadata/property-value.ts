import type { Element } from '../tree/nodes.ts'
import type { Resolver } from '../links/resolve.ts'
import { attribute, textInside } from '../tree/reading-nodes.ts'

const ADDRESS_IN: Readonly<Record<string, string>> = {
  a: 'href',
  area: 'href',
  link: 'href',
  audio: 'src',
  embed: 'src',
  iframe: 'src',
  img: 'src',
  source: 'src',
  track: 'src',
  video: 'src',
  object: 'data',
}

/** The value of a property's element (HTML standard §5.2.4; RDFa Lite 1.1 agrees, and lets `content` go first). */
export function propertyValue(element: Element, resolver: Resolver): string {
  const { content, datetime, value } = element.attribs
  if (content !== undefined) return content.trim()
  const holder = ADDRESS_IN[element.name]
  if (holder !== undefined) {
    const address = attribute(element, holder)
    return address === '' ? textInside(element) : (resolver.web(address) ?? address)
  }
  if (element.name === 'time' && datetime !== undefined) return datetime.trim()
  if ((element.name === 'data' || element.name === 'meter') && value !== undefined) return value.trim()
  return textInside(element)
}
