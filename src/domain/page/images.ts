import type { Element } from './tree/nodes.ts'
import type { Resolver } from './links/resolve.ts'
import { imageAlt, imageUrl } from './markdown/image.ts'
import type { PageImage } from './page.ts'

/** A document's images in document order, each URL once. */
export function findImages(elements: readonly Element[], resolver: Resolver): PageImage[] {
  const byUrl = new Map<string, PageImage>()
  for (const element of elements) {
    const url = imageUrl(element, resolver)
    if (url !== null && !byUrl.get(url)?.alt) byUrl.set(url, { url, alt: imageAlt(element) })
  }
  return [...byUrl.values()]
}
