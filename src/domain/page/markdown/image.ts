import { Element } from '../tree/nodes.ts'
import type { Resolver } from '../links/resolve.ts'
import { attribute, collapse } from '../tree/reading-nodes.ts'

/** Where lazy loaders keep the real address while `src` holds a placeholder. */
const LAZY = [
  'data-src',
  'data-lazy-src',
  'data-original',
  'data-original-src',
  'data-url',
  'data-image',
  'data-hi-res-src',
  'data-full-src',
]
const LAZY_SET = ['data-srcset', 'data-lazy-srcset', 'srcset']

/** The address an image element shows, absolute; null for a placeholder, a tracking pixel or an inlined image. */
export function imageUrl(image: Element, resolver: Resolver): string | null {
  if (isPixel(image)) return null
  for (const name of LAZY) {
    const url = usable(attribute(image, name), resolver)
    if (url !== null && attribute(image, name).length > 3) return url
  }
  const plain = usable(attribute(image, 'src'), resolver)
  if (plain !== null && !/(?:placeholder|spacer|blank|transparent|lazy|1x1)\w*\.(?:gif|png|svg)/i.test(plain))
    return plain
  return fromSets(image, resolver) ?? plain
}

function fromSets(image: Element, resolver: Resolver): string | null {
  const candidates = [image, ...sourcesBeside(image)]
  for (const element of candidates) {
    for (const name of LAZY_SET) {
      const url = usable(largestOf(attribute(element, name)), resolver)
      if (url !== null) return url
    }
  }
  return null
}

function sourcesBeside(image: Element): Element[] {
  if (!(image.parent instanceof Element) || image.parent.name !== 'picture') return []
  return image.parent.children.filter((child): child is Element => child instanceof Element && child.name === 'source')
}

function usable(src: string, resolver: Resolver): string | null {
  return src === '' || /^(?:data|blob|about|javascript):/i.test(src) ? null : resolver.web(src)
}

/** The candidate with the largest descriptor (HTML standard, srcset). */
function largestOf(srcset: string): string {
  let best = { url: '', size: -1 }
  for (const [, url = '', size = '1'] of srcset.matchAll(/(\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)/g)) {
    if (Number(size) > best.size) best = { url, size: Number(size) }
  }
  return best.url
}

function isPixel(image: Element): boolean {
  return ['width', 'height'].every((name) => /^[01](?:px)?$/.test(attribute(image, name)))
}

export function imageAlt(image: Element): string {
  return collapse(attribute(image, 'alt'))
}
