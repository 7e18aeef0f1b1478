import type { Resolver } from '../links/resolve.ts'
import type { Survey } from '../survey.ts'
import { attribute, collapse, textInside } from '../tree/reading-nodes.ts'
import { isoDate } from './iso-date.ts'
import { type JsonLdNode, hasType, jsonLdNodes, textOfProperty } from './json-ld.ts'

export interface DocumentFacts {
  title: string | null
  description: string | null
  language: string | null
  author?: string
  publishedAt?: string
  modifiedAt?: string
  siteName?: string
  canonicalUrl?: string
  directives: { nofollow: boolean; noindex: boolean }
  jsonLd: JsonLdNode[]
}

const WORK =
  /(?:Article|Posting|WebPage|Product|Recipe|Question|Event|Book|Course|HowTo|Video|Movie|Review|Report|NewsMedia)/

/** A title or a description beyond this is somebody's mistake or attack, and would be carried through every list. */
const LONGEST_FACT = 1_000

/** Cut with a mark, never in the middle of a surrogate pair. */
function shortened(fact: string | undefined): string | null {
  if (fact === undefined || fact.length <= LONGEST_FACT) return fact ?? null
  return `${fact.slice(0, LONGEST_FACT - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** What a document says about itself, the more deliberate statement first. */
export function documentFacts(seen: Survey, resolver: Resolver): DocumentFacts {
  const jsonLd = jsonLdNodes(seen.jsonLd)
  const works = jsonLd.filter((node) => hasType(node, WORK))
  const say = (...keys: string[]) => firstOf(seen, keys)
  const state = (key: string) => works.map((node) => textOfProperty(node[key])).find((text) => text !== undefined)
  const canonical = seen.linked.find((link) => link.name === 'link' && relOf(link).includes('canonical'))
  const canonicalUrl = canonical && resolver.web(attribute(canonical, 'href'))
  const times = seen.times.find((time) => attribute(time, 'itemprop') === 'datePublished' || 'pubdate' in time.attribs)
  return defined({
    title: shortened(seen.titleText || say('og:title', 'twitter:title') || headingText(seen) || state('headline')),
    description: shortened(say('description', 'og:description', 'twitter:description') ?? state('description')),
    language: language(seen, say) ?? null,
    author: author(seen, state('author')),
    publishedAt: isoDate(
      state('datePublished') ??
        say(
          'article:published_time',
          'datepublished',
          'og:published_time',
          'date',
          'pubdate',
          'dc.date',
          'dc.date.issued',
          'dcterms.created',
          'parsely-pub-date',
          'publish-date',
          'publication_date',
          'citation_publication_date',
        ) ??
        (times && attribute(times, 'datetime')),
    ),
    modifiedAt: isoDate(
      state('dateModified') ??
        say('article:modified_time', 'datemodified', 'og:updated_time', 'dcterms.modified', 'last-modified'),
    ),
    siteName: say('og:site_name', 'application-name', 'al:ios:app_name') ?? publisherOf(works),
    canonicalUrl: canonicalUrl ?? undefined,
    directives: directives(seen),
    jsonLd,
  })
}

function firstOf(seen: Survey, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = collapse(seen.metas.get(key)?.[0] ?? '')
    if (text !== '') return text
  }
  return undefined
}

function headingText(seen: Survey): string {
  return seen.headings.map(textInside).find((text) => text !== '') ?? ''
}

/** A tag by its shape only (RFC 5646 §2.1), in the form `en-GB`, `zh-Hant`. */
function language(seen: Survey, say: (...keys: string[]) => string | undefined): string | undefined {
  const candidates = [seen.htmlLanguage, say('content-language', 'language', 'dc.language'), say('og:locale')]
  for (const candidate of candidates) {
    const tag = candidate?.split(',')[0]?.trim().replaceAll('_', '-') ?? ''
    if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(tag)) continue
    return tag.split('-').map(subtag).join('-')
  }
  return undefined
}

function subtag(part: string, index: number): string {
  if (index === 0) return part.toLowerCase()
  if (part.length === 2) return part.toUpperCase()
  return part.length === 4 ? part.charAt(0).toUpperCase() + part.slice(1).toLowerCase() : part.toLowerCase()
}

function author(seen: Survey, stated: string | undefined): string | undefined {
  const said = firstOf(seen, [
    'author',
    'article:author',
    'dc.creator',
    'dcterms.creator',
    'parsely-author',
    'sailthru.author',
    'citation_author',
    'twitter:creator',
  ])
  const name = [stated, said].find((text) => text !== undefined && !/^https?:|^@|@\w+\.\w+$/.test(text))
  if (name !== undefined) return name
  const byline = seen.linked.find((link) => link.name === 'a' && relOf(link).includes('author'))
  return (byline && textInside(byline).slice(0, 100)) || undefined
}

function publisherOf(works: readonly JsonLdNode[]): string | undefined {
  return works.map((node) => textOfProperty(node['publisher'])).find((text) => text !== undefined)
}

function relOf(link: { attribs: { [name: string]: string } }): string[] {
  return (link.attribs['rel'] ?? '').toLowerCase().trim().split(/\s+/)
}

function directives(seen: Survey): { nofollow: boolean; noindex: boolean } {
  const said = (seen.metas.get('robots') ?? []).flatMap((content) => content.toLowerCase().split(/[\s,]+/))
  const none = said.includes('none')
  return { nofollow: none || said.includes('nofollow'), noindex: none || said.includes('noindex') }
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

function defined<T extends object>(facts: T): Defined<T> {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined)
  return Object.fromEntries(known) as Defined<T>
}
