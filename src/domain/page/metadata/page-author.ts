import { Element } from '../tree/nodes.ts'
import type { Survey } from '../survey.ts'
import { attribute } from '../tree/reading-nodes.ts'
import { openingText } from './opening-text.ts'
import { bylineAuthor } from './byline-author.ts'
import { type JsonLdNode, hasType } from './json-ld.ts'
import type { Masthead } from './masthead.ts'
import { isBylineOpening, nameInByline, personName } from './person-name.ts'
import { isRemark } from './remark.ts'
import { lettersOf } from './site-name.ts'

export interface AuthorSources {
  seen: Survey
  /** As `statedAuthors` gives them. */
  stated: readonly string[]
  /** Whether the page is one that somebody wrote: only there any name beside the heading is an author's. */
  isWritten: boolean
  language: string | null
  url: string
  siteName: string | undefined
  /** What stands around the heading: asked only where no person is stated. */
  masthead(): Masthead | undefined
}

export interface StatedSources {
  seen: Survey
  /** What the page's JSON-LD says of the page itself, and all of it. */
  works: readonly JsonLdNode[]
  nodes: readonly JsonLdNode[]
  language: string | null
}

/** So many authors are named, of the longest papers, too. */
const MOST_AUTHORS = 20
const METAS = [
  'author',
  'article:author',
  'article:author_name',
  'article.author',
  'dc.creator',
  'dcterms.creator',
  'parsely-author',
  'sailthru.author',
  'citation_author',
  'byl',
  'og:author',
]

/** Whom the page's head names, the most deliberate first, several of one statement joined by commas. */
export function statedAuthors({ seen, works, nodes, language }: StatedSources): string[] {
  return [...linkedAuthors(works, nodes), ...metaAuthors(seen, language)]
}

/** Who wrote the page, several joined by commas. The site itself is nobody where a person stands on the page. */
export function pageAuthor(sources: AuthorSources): string | undefined {
  const { seen, stated, siteName } = sources
  const first = stated.find((name) => !isSame(name, siteName))
  if (first !== undefined && !isLogin(first)) return first
  const masthead = sources.masthead()
  const shown = markedAuthor(seen, sources.language) ?? (masthead && bylineAuthor(masthead, sources)) ?? relAuthor(seen)
  if (shown !== undefined && (first === undefined || !isLogin(shown))) return shown
  return first ?? (sources.isWritten ? stated[0] : undefined)
}

/** The authors that each of these states, by name, or by the `@id` of a node elsewhere. */
function linkedAuthors(works: readonly JsonLdNode[], nodes: readonly JsonLdNode[]): string[] {
  return works.flatMap((work) => {
    const names = [work['author'] ?? work['creator']]
      .flat()
      .slice(0, MOST_AUTHORS)
      .flatMap((author) => authorName(author, nodes))
    return names.length > 0 ? [[...new Set(names)].join(', ')] : []
  })
}

function authorName(author: unknown, nodes: readonly JsonLdNode[]): string[] {
  if (typeof author === 'string') return listed(personName(author))
  if (typeof author !== 'object' || author === null) return []
  const node: JsonLdNode = { ...author }
  const id = node['@id']
  const isReference = node['name'] === undefined && typeof id === 'string'
  const named = isReference ? nodes.find((each) => each['@id'] === id && each['name'] !== undefined) : node
  if (!named || hasType(named, /Organi[sz]ation$/)) return []
  return [named['name']].flat().flatMap((name) => (typeof name === 'string' ? listed(personName(name)) : []))
}

/** `twitter:data1` is what cards show below a label, which is "Written by" in the language of the page. */
function metaAuthors({ metas }: Survey, language: string | null): string[] {
  const card = [1, 2].flatMap((at) => {
    const label = metas.get(`twitter:label${at}`)?.[0] ?? ''
    return isBylineOpening(label, language) ? [metas.get(`twitter:data${at}`)?.[0] ?? ''] : []
  })
  return [...METAS.map((name) => metas.get(name) ?? []), card].flatMap((contents) => {
    const names = contents.slice(0, MOST_AUTHORS).flatMap((content) => listed(personName(content)))
    return names.length > 0 ? [[...new Set(names)].join(', ')] : []
  })
}

function markedAuthor({ credits }: Survey, language: string | null): string | undefined {
  for (const credit of credits) {
    if (!/author|creator/.test(attribute(credit, 'itemprop')) || isRemark(credit)) continue
    const text = attribute(credit, 'content') || openingText(nameOf(credit) ?? credit)
    const name = nameInByline(text, language) ?? personName(text)
    if (name !== undefined) return name
  }
  return undefined
}

function nameOf(element: Element): Element | undefined {
  for (const child of element.children) {
    if (!(child instanceof Element)) continue
    const found = attribute(child, 'itemprop') === 'name' ? child : nameOf(child)
    if (found) return found
  }
  return undefined
}

function relAuthor({ linked }: Survey): string | undefined {
  for (const link of linked) {
    if (link.name !== 'a' || !/(?:^|\s)author(?:\s|$)/i.test(attribute(link, 'rel')) || isRemark(link)) continue
    const name = personName(openingText(link))
    if (name !== undefined) return name
  }
  return undefined
}

function listed(name: string | undefined): string[] {
  return name === undefined ? [] : [name]
}

/** What one logs in with: one word, small or with digits. */
function isLogin(name: string): boolean {
  return /^(?:[\p{Ll}\p{N}._-]+|\S*\d\S*)$/u.test(name)
}

function isSame(name: string, siteName: string | undefined): boolean {
  return siteName !== undefined && lettersOf(name) === lettersOf(siteName)
}
