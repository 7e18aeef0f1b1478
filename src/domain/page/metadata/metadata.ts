import type { Resolver } from '../links/resolve.ts'
import type { Survey } from '../survey.ts'
import { attribute, collapse } from '../tree/reading-nodes.ts'
import { type JsonLdNode, jsonLd as readJsonLd, textOfProperty } from './json-ld.ts'
import { type Masthead, mastheadAround } from './masthead.ts'
import { type PageHeading, pageHeading } from './page-heading.ts'
import { pageAuthor, statedAuthors } from './page-author.ts'
import { pageTitle } from './page-title.ts'
import { hostLabel, withoutSiteName } from './site-name.ts'
import { pageDates } from './page-dates.ts'
import { isWritten as isWork, pageWorks } from './page-works.ts'

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

/** A title or a description beyond this is somebody's mistake or attack, and would be carried through every list. */
const LONGEST_FACT = 1_000

/** Cut with a mark, never in the middle of a surrogate pair. */
function shortened(fact: string | undefined): string | null {
  if (fact === undefined || fact.length <= LONGEST_FACT) return fact ?? null
  return `${fact.slice(0, LONGEST_FACT - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** What only the reader of a page knows. */
export interface Reader {
  /** The page is of our own making: its head speaks for the document, its text doesn't. */
  isLaidOut?: boolean
  /** Milliseconds since 1970: what is published later is a mistake. */
  now?: number | undefined
}

/** What a document says about itself, the more deliberate statement first. */
export function documentFacts(
  seen: Survey,
  resolver: Resolver,
  { isLaidOut = false, now }: Reader = {},
): DocumentFacts {
  const { nodes, tops } = readJsonLd(seen.jsonLd)
  const works = pageWorks(tops, statedTitles(seen))
  const say = (...keys: string[]) => firstOf(seen, keys)
  const state = (key: string) => works.map((node) => textOfProperty(node[key])).find((text) => text !== undefined)
  const siteName = say('og:site_name', 'application-name', 'al:ios:app_name') ?? publisherOf(works)
  const url = resolver.document
  const names = isLaidOut ? [] : [siteName ?? '', publisherOf(works) ?? '', hostLabel(url)]
  const titles = [...statedTitles(seen), shortened(state('headline')) ?? ''].map((title) =>
    withoutSiteName(title, names),
  )
  const heading = pageHeading(seen, titles)
  const around = isLaidOut || !heading ? undefined : new Surroundings(heading)
  const page = { seen, language: language(seen, say) ?? null, url, siteName, masthead: () => around?.masthead }
  const authors = statedAuthors({ ...page, works, nodes })
  const dates = pageDates({ ...page, works, now, hasAuthor: authors.length > 0 })
  const isWritten = dates.publishedAt !== undefined || works.some(isWork)
  return defined({
    title: shortened(pageTitle({ heading, stated: titles, isWritten, isLaidOut })),
    description: shortened(say('description', 'og:description', 'twitter:description') ?? state('description')),
    language: page.language,
    author: shortened(pageAuthor({ ...page, isWritten, stated: authors })) ?? undefined,
    ...dates,
    siteName,
    canonicalUrl: canonicalUrl(seen, resolver),
    directives: directives(seen),
    jsonLd: nodes,
  })
}

/** What the page gives as its title, the site's name included, the most deliberate first. */
export function statedTitles(seen: Survey): string[] {
  return [
    shortened(seen.titleText) ?? '',
    shortened(firstOf(seen, ['og:title'])) ?? '',
    shortened(firstOf(seen, ['twitter:title'])) ?? '',
  ]
}

/** What stands around the heading is read when it is first asked for: most pages state what is sought there. */
class Surroundings {
  private readonly heading: PageHeading
  private known: Masthead | undefined

  constructor(heading: PageHeading) {
    this.heading = heading
  }

  get masthead(): Masthead {
    return (this.known ??= mastheadAround(this.heading))
  }
}

function canonicalUrl(seen: Survey, resolver: Resolver): string | undefined {
  const link = seen.linked.find((each) => each.name === 'link' && relOf(each).includes('canonical'))
  return (link && resolver.web(attribute(link, 'href'))) ?? undefined
}

function firstOf(seen: Survey, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = collapse(seen.metas.get(key)?.[0] ?? '')
    if (text !== '') return text
  }
  return undefined
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
