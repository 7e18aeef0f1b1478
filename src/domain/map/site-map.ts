import { canonicalUrl } from '../url/canonical-url.ts'

/** A place of a site, as the map shows it. */
export interface Place {
  url: string
  title?: string
  lastModified?: string
  source: 'sitemap' | 'page'
}

/** The places of a site, each once; what a second source adds to a place is kept. */
export class SiteMap {
  readonly #places = new Map<string, Place>()
  readonly #isListed: (url: string) => boolean

  constructor(isListed: (url: string) => boolean) {
    this.#isListed = isListed
  }

  add(place: Place): void {
    const canonical = canonicalUrl(place.url)
    if (!canonical.ok || !this.#isListed(canonical.url)) return
    const known = this.#places.get(canonical.url)
    this.#places.set(canonical.url, { ...place, ...known, url: canonical.url })
  }

  /** With search: places that have all its words, those that have more of them in the title first. */
  list(search: string, limit: number): Place[] {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean)
    const found = [...this.#places.values()].filter(
      (place) => countIn(`${place.url} ${place.title ?? ''}`, words) === words.length,
    )
    const rank = (place: Place): number => countIn(place.title ?? '', words)
    return found.toSorted((a, b) => rank(b) - rank(a)).slice(0, limit)
  }
}

function countIn(text: string, words: readonly string[]): number {
  const lower = text.toLowerCase()
  return words.filter((word) => lower.includes(word)).length
}
