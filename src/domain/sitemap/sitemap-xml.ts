import { Parser } from 'htmlparser2'
import type { SitemapCollector, WrittenEntry } from './sitemap-collector.ts'
import type { SitemapReading } from './sitemap.ts'

/** Read at a time, so that a sitemap past its limit is not read to the end. */
const SLICE_CHARACTERS = 65_536

const ROOT_KINDS: Readonly<Record<string, SitemapReading['kind']>> = {
  sitemapindex: 'index',
  urlset: 'urlset',
  rss: 'feed',
  feed: 'feed',
  rdf: 'feed',
}

/** What holds one place each: entries of URL sets, of indexes, of RSS and of Atom. */
const CONTAINERS: ReadonlySet<string> = new Set(['url', 'sitemap', 'item', 'entry'])
const ADDRESSES: ReadonlySet<string> = new Set(['loc', 'link', 'guid'])
const DATES: ReadonlySet<string> = new Set(['lastmod', 'pubdate', 'updated', 'published', 'date'])
/** Sitemap extensions (images, videos, news) use names of their own inside an entry, some of them the same. */
const EXTENSION_PREFIX = /^(?:image|video|news|media|mobile|xhtml|itunes|pagemap):/

/** Reads XML as a stream of elements: no entity of a document's own is ever expanded, nothing outside is ever asked. */
export function readXml(text: string, collector: SitemapCollector): SitemapReading {
  const reader = new XmlReader(collector)
  const parser = new Parser(reader, { xmlMode: true, decodeEntities: true })
  for (let at = 0; at < text.length && !collector.truncated && !reader.isForeign; at += SLICE_CHARACTERS) {
    parser.write(text.slice(at, at + SLICE_CHARACTERS))
  }
  parser.end()
  return collector.reading(reader.kind)
}

/** The handler of one document: knows the container that is open and the field whose text comes in. */
class XmlReader {
  kind: SitemapReading['kind'] = 'none'
  /** The root says that this is something else, such as an HTML page. */
  isForeign = false
  #rootSeen = false
  #container: string | undefined
  #entry: Partial<WrittenEntry> = {}
  #field: 'address' | 'date' | 'priority' | undefined
  #text = ''
  readonly #collector: SitemapCollector

  constructor(collector: SitemapCollector) {
    this.#collector = collector
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    const element = localName(name)
    if (!this.#rootSeen) this.#readRoot(element)
    if (CONTAINERS.has(element) && !EXTENSION_PREFIX.test(name)) {
      this.#finish()
      this.#container = element
      return
    }
    if (this.#container === undefined || EXTENSION_PREFIX.test(name)) return
    this.#text = ''
    this.#field = fieldOf(element)
    if (element === 'link') this.#readAtomLink(attributes)
    if (element === 'guid' && attributes['isPermaLink']?.toLowerCase() === 'false') this.#field = undefined
  }

  ontext(text: string): void {
    if (this.#field !== undefined) this.#text += text
  }

  onclosetag(name: string): void {
    if (CONTAINERS.has(localName(name)) && !EXTENSION_PREFIX.test(name)) this.#finish()
    else if (this.#field !== undefined) this.#readField(localName(name))
    this.#field = undefined
  }

  onend(): void {
    this.#finish()
  }

  #readRoot(element: string): void {
    this.#rootSeen = true
    this.kind = ROOT_KINDS[element] ?? (element === 'sitemap' ? 'index' : element === 'url' ? 'urlset' : 'none')
    this.isForeign = this.kind === 'none'
  }

  #readAtomLink(attributes: Record<string, string>): void {
    const { rel = 'alternate', href } = attributes
    if (href !== undefined && rel.toLowerCase() === 'alternate') this.#entry.url ??= href
  }

  #readField(element: string): void {
    const text = this.#text.trim()
    if (text === '') return
    if (this.#field === 'priority') this.#entry.priority = text
    else if (this.#field === 'date') this.#entry.lastModified = text
    // A guid is an address only for want of a better one.
    else if (element !== 'guid' || this.#entry.url === undefined) this.#entry.url = text
  }

  #finish(): void {
    const { url } = this.#entry
    if (url !== undefined) {
      if (this.#container === 'sitemap') this.#collector.addSitemap(url)
      else this.#collector.addEntry({ ...this.#entry, url })
    }
    this.#entry = {}
    this.#container = undefined
  }
}

function fieldOf(element: string): 'address' | 'date' | 'priority' | undefined {
  if (ADDRESSES.has(element)) return 'address'
  if (DATES.has(element)) return 'date'
  return element === 'priority' ? 'priority' : undefined
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}
