import { Parser } from 'htmlparser2'
import type { SitemapCollector, WrittenEntry } from './sitemap-collector.ts'
import type { SitemapReading } from './sitemap-reading.ts'

/** Read at a time, so that a sitemap past its limit is not read to the end. */
const SLICE_CHARACTERS = 65_536
/** Elements open at once. Sitemaps nest five deep; the parser's time grows with depth squared. */
const MAX_OPEN_ELEMENTS = 1_000

const ROOT_KINDS: Readonly<Record<string, SitemapReading['kind']>> = {
  sitemapindex: 'index',
  urlset: 'urlset',
  rss: 'feed',
  feed: 'feed',
  rdf: 'feed',
  // Fragments whose root got lost.
  url: 'urlset',
  sitemap: 'index',
}

/** What holds one place each: entries of URL sets, of indexes, of RSS and of Atom. */
const CONTAINERS: ReadonlySet<string> = new Set(['url', 'sitemap', 'item', 'entry'])

/** What is said of a place, by element. Of two elements for the same, the one with the higher rank counts. */
const FIELDS: ReadonlyMap<string, { field: keyof WrittenEntry; rank: number }> = new Map([
  ['loc', { field: 'url', rank: 2 }],
  ['link', { field: 'url', rank: 2 }],
  ['guid', { field: 'url', rank: 1 }],
  ['lastmod', { field: 'lastModified', rank: 2 }],
  ['updated', { field: 'lastModified', rank: 2 }],
  ['published', { field: 'lastModified', rank: 1 }],
  ['pubdate', { field: 'lastModified', rank: 1 }],
  ['date', { field: 'lastModified', rank: 1 }],
  ['priority', { field: 'priority', rank: 1 }],
])
/** Sitemap extensions (images, videos, news) use names of their own inside an entry, some of them the same. */
const EXTENSION_PREFIX = /^(?:image|video|news|media|mobile|xhtml|itunes|pagemap):/

/** Reads XML as a stream of elements: no entity of a document's own is ever expanded, nothing outside is ever asked. */
export function readXml(text: string, collector: SitemapCollector): SitemapReading {
  const reader = new XmlReader(collector)
  const parser = new Parser(reader, { xmlMode: true, decodeEntities: true })
  for (let at = 0; at < text.length && !collector.truncated && !reader.isDone; at += SLICE_CHARACTERS) {
    parser.write(text.slice(at, at + SLICE_CHARACTERS))
  }
  parser.end()
  return collector.reading(reader.kind)
}

/** The handler of one document: knows the entry that is open and the field whose text comes in. */
class XmlReader {
  kind: SitemapReading['kind'] = 'none'
  /** Nothing further can be had: the root is another format's, or elements nest without end. */
  isDone = false
  #rootSeen = false
  #open = 0
  #container: string | undefined
  /** Elements open inside the container: only its own children speak of it. */
  #depth = 0
  #entry = new Map<keyof WrittenEntry, { text: string; rank: number }>()
  /** Text of the field that is open. */
  #text: string | undefined
  readonly #collector: SitemapCollector

  constructor(collector: SitemapCollector) {
    this.#collector = collector
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    const element = localName(name)
    if (!this.#rootSeen) this.#readRoot(element)
    if (++this.#open > MAX_OPEN_ELEMENTS) this.isDone = true
    if (this.isDone) return
    if (isContainer(name)) {
      this.#finish()
      this.#container = element
    } else if (this.#container !== undefined) {
      this.#depth++
      if (this.#depth === 1) this.#openField(name, attributes)
    }
  }

  ontext(text: string): void {
    if (this.#text !== undefined) this.#text += text
  }

  onclosetag(name: string): void {
    this.#open--
    if (isContainer(name)) this.#finish()
    else if (this.#container !== undefined) {
      if (this.#depth === 1) this.#closeField(localName(name))
      this.#depth--
    }
  }

  onend(): void {
    this.#finish()
  }

  #readRoot(element: string): void {
    this.#rootSeen = true
    this.kind = ROOT_KINDS[element] ?? 'none'
    this.isDone = this.kind === 'none'
  }

  #openField(name: string, attributes: Record<string, string>): void {
    const element = localName(name)
    if (EXTENSION_PREFIX.test(name)) return
    const { rel = 'alternate', href, isPermaLink } = attributes
    if (element === 'link' && href !== undefined) {
      if (rel.toLowerCase() === 'alternate') this.#say('url', href, 2)
    } else if (FIELDS.has(element) && isPermaLink?.toLowerCase() !== 'false') this.#text = ''
  }

  #closeField(element: string): void {
    const known = FIELDS.get(element)
    const text = this.#text?.trim()
    if (known && text) this.#say(known.field, text, known.rank)
    this.#text = undefined
  }

  #say(field: keyof WrittenEntry, text: string, rank: number): void {
    if (rank > (this.#entry.get(field)?.rank ?? 0)) this.#entry.set(field, { text, rank })
  }

  #finish(): void {
    const said = (field: keyof WrittenEntry): string | undefined => this.#entry.get(field)?.text
    const url = said('url')
    if (url !== undefined) {
      if (this.#container === 'sitemap') this.#collector.addSitemap(url)
      else this.#collector.addEntry({ url, lastModified: said('lastModified'), priority: said('priority') })
    }
    this.#entry.clear()
    this.#container = undefined
    this.#depth = 0
    this.#text = undefined
  }
}

function isContainer(name: string): boolean {
  return CONTAINERS.has(localName(name)) && !EXTENSION_PREFIX.test(name)
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}
