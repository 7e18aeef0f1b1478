import type { Element } from '../tree/nodes.ts'
import type { Survey } from '../survey.ts'
import { attribute } from '../tree/reading-nodes.ts'
import { isoDate } from './iso-date.ts'
import { type JsonLdNode, hasType, textOfProperty } from './json-ld.ts'
import type { Masthead } from './masthead.ts'
import { type VisibleDate, mastheadDates } from './masthead-dates.ts'
import { openingText } from './opening-text.ts'
import { isRemark } from './remark.ts'
import { words } from './structured-item.ts'
import { plausibleDay, writtenDates } from './written-date.ts'

/** ISO 8601, as `isoDate` gives them. */
export interface PageDates {
  publishedAt: string | undefined
  modifiedAt: string | undefined
}

export interface DateSources {
  seen: Survey
  /** What the page's JSON-LD says of the page itself, the most telling first. */
  works: readonly JsonLdNode[]
  /** Whether the page's head names one who wrote it. */
  hasAuthor: boolean
  /** BCP 47. */
  language: string | null
  url: string
  /** Milliseconds since 1970, if it is known. */
  now: number | undefined
  /** What stands around the heading: asked only where nothing is stated. */
  masthead(): Masthead | undefined
}

const PUBLISHED = [
  'article:published_time',
  'og:article:published_time',
  'datepublished',
  'og:published_time',
  'date',
  'pubdate',
  'dc.date',
  'dc.date.issued',
  'dc.date.created',
  'dcterms.date',
  'dcterms.issued',
  'dcterms.created',
  'parsely-pub-date',
  'sailthru.date',
  'publish-date',
  'publish_date',
  'published_date',
  'publication_date',
  'article.published',
  'citation_publication_date',
  'citation_online_date',
  'citation_date',
]
const MODIFIED = [
  'article:modified_time',
  'og:article:modified_time',
  'datemodified',
  'og:updated_time',
  'dc.date.modified',
  'dcterms.modified',
  'last-modified',
]

const LEEWAY_MS = 2 * 24 * 60 * 60 * 1_000
/** In characters. */
const LONGEST = 200

/** Shops and companies date every page of theirs; it is news only where somebody wrote it. */
const ANY_PAGE = /(?:WebPage|WebSite|CollectionPage|AboutPage|ItemPage)$/

/** When the page was published and changed, the more deliberate statement first. */
export function pageDates(sources: DateSources): PageDates {
  const published = stated(sources, ['datePublished', 'dateCreated'], PUBLISHED)
  const modified = stated(sources, ['dateModified'], MODIFIED)
  const isTold = published !== undefined && !(modified !== undefined && day(published) >= day(modified))
  if (isTold && modified !== undefined) return { publishedAt: published, modifiedAt: modified }
  const shown = shownDates(sources)
  return {
    publishedAt: earlier(published, addressDate(sources) ?? firstThat(shown, 'published', modified)),
    modifiedAt: modified ?? firstThat(shown, 'modified'),
  }
}

/** By JSON-LD, by meta, or by the marks of what is shown. */
function stated(sources: DateSources, properties: readonly string[], metas: readonly string[]): string | undefined {
  const { seen, works, hasAuthor } = sources
  const read = (text: string | undefined) => dateIn(text, sources)
  for (const property of properties)
    for (const work of works) {
      if (!hasAuthor && property !== 'dateModified' && hasType(work, ANY_PAGE)) continue
      const date = read(textOfProperty(work[property]))
      if (date !== undefined) return date
    }
  for (const name of metas) {
    const date = read(seen.metas.get(name)?.[0])
    if (date !== undefined) return date
  }
  return markedDate(seen, properties, read)
}

/** Of the first element on the page that is marked as such a date. */
function markedDate(
  { credits }: Survey,
  properties: readonly string[],
  read: (text: string) => string | undefined,
): string | undefined {
  const isOne = (credit: Element) => words(attribute(credit, 'itemprop')).some((name) => properties.includes(name))
  const marked = credits.find((credit) => isOne(credit) && !isRemark(credit))
  if (!marked) return undefined
  const forMachines = ['datetime', 'content', 'title'].map((name) => attribute(marked, name))
  return read(forMachines.find((text) => text !== '') ?? openingText(marked))
}

/** A date as it stands in a place for one. Never one that is still to come, but for the time zones of the world. */
function dateIn(text: string | undefined, { language, now }: DateSources): string | undefined {
  if (text === undefined) return undefined
  const date = isoDate(text) ?? writtenDates(text.slice(0, LONGEST), language)[0]?.day
  return date === undefined || isToCome(date, now) ? undefined : date
}

function isToCome(date: string, now: number | undefined): boolean {
  return now !== undefined && Date.parse(day(date)) > now + LEEWAY_MS
}

function shownDates(sources: DateSources): VisibleDate[] {
  if (URL.parse(sources.url)?.pathname === '/') return []
  const masthead = sources.masthead()
  const shown = masthead ? mastheadDates(masthead, sources.language) : []
  return shown.filter(({ date }) => !isToCome(date, sources.now))
}

function firstThat(dates: readonly VisibleDate[], says: 'published' | 'modified', butNot?: string): string | undefined {
  const said = dates.find((date) => date.says === says)
  if (said || says === 'modified') return said?.date
  return dates.find((date) => date.says === undefined && !(butNot !== undefined && day(date.date) === day(butNot)))
    ?.date
}

/** What is shown counts against what is stated only where that is younger: pages state when they were last built. */
function earlier(stated: string | undefined, shown: string | undefined): string | undefined {
  if (stated === undefined || shown === undefined) return stated ?? shown
  return day(shown) < day(stated) ? shown : stated
}

function day(date: string): string {
  return date.slice(0, 10)
}

/** A whole day in the path of an address: `/2024/03/17/`, `/2024-03-17-title`. */
function addressDate({ url, now }: DateSources): string | undefined {
  const [, year = '', month, dayOfMonth] = DAY_IN_PATH.exec(URL.parse(url)?.pathname ?? '') ?? []
  const date = plausibleDay(year, Number(month), Number(dayOfMonth))
  return date === undefined || isToCome(date, now) ? undefined : date
}

const DAY_IN_PATH = /[/_-]((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?=[/_\-+.]|$)/
