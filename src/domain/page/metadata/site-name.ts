import { getDomainWithoutSuffix } from 'tldts'

/** Between a title and the name of its site; a hyphen only with space around it. */
const SEPARATED = /\s+(?:[|\-–—·•»«:]|::)\s+|\s*[|｜]\s*|:\s+/g
/** Shorter beginnings of a name may be anything. */
const SHORTEST_ALIKE = 4

/** A title without the site's name at its end or its beginning. `names`: what the site is called, its host among them. */
export function withoutSiteName(title: string, names: readonly string[]): string {
  const known = names.map(lettersOf).filter((name) => name !== '')
  const cuts = [...title.matchAll(SEPARATED)]
  for (const { index, 0: separator } of cuts.toReversed())
    if (isSite(title.slice(index + separator.length), known)) return title.slice(0, index).trim()
  for (const { index, 0: separator } of cuts)
    if (isSite(title.slice(0, index), known)) return title.slice(index + separator.length).trim()
  return title
}

/** The parts that separators make of a title, as their letters alone. */
export function titleParts(title: string): string[] {
  return title.split(SEPARATED).map(lettersOf)
}

/** The part of a host that its owner chose: `example` of `www.example.co.uk`. */
export function hostLabel(url: string): string {
  return getDomainWithoutSuffix(url) ?? ''
}

export function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function isSite(part: string, names: readonly string[]): boolean {
  const own = lettersOf(part)
  return names.some(
    (name) => own === name || (own.length >= SHORTEST_ALIKE && (name.startsWith(own) || own.startsWith(name))),
  )
}
