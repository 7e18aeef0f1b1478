import { Parser } from 'htmlparser2'
import type { Feed, FeedItem } from './feed.ts'

/** Items that are read of one feed; feeds in the wild rarely hold more than a few hundred. */
const MAX_ITEMS = 1_000
/** Feeds nest a handful deep. The parser's stack costs the square of its depth, so what nests deeper is not read on. */
const MAX_DEPTH = 256
const ROOTS: ReadonlySet<string> = new Set(['rss', 'feed', 'rdf:rdf'])
const ITEMS: ReadonlySet<string> = new Set(['item', 'entry'])
const FIELDS: Readonly<Record<string, 'title' | 'link' | 'date' | 'summary'>> = {
  title: 'title',
  link: 'link',
  pubdate: 'date',
  'dc:date': 'date',
  published: 'date',
  updated: 'date',
  description: 'summary',
  subtitle: 'summary',
  summary: 'summary',
  content: 'summary',
  'content:encoded': 'summary',
}

/** RSS 2.0, RSS 1.0 or Atom; undefined for any other XML. Entities that the document declares are never expanded. */
export function readXmlFeed(xml: string): Feed | undefined {
  const reader = new FeedReader()
  const parser = new Parser(reader, { xmlMode: true, decodeEntities: true, lowerCaseTags: true })
  reader.onDone = () => parser.pause()
  parser.write(xml)
  if (!reader.isDone) parser.end()
  return reader.isFeed ? { ...reader.head, items: reader.items, truncated: reader.isFull } : undefined
}

class FeedReader {
  isFeed = false
  isDone = false
  isFull = false
  head: FeedItem = {}
  items: FeedItem[] = []
  onDone: () => void = () => undefined
  private depth = 0
  private item: FeedItem | undefined
  private itemDepth = 0
  private fieldDepth = 0
  private text = ''

  onopentag(name: string, attributes: Record<string, string>): void {
    this.depth++
    if (this.depth === 1) this.isFeed = ROOTS.has(name)
    if (this.depth > MAX_DEPTH || (this.depth === 1 && !this.isFeed)) return this.stop()
    if (ITEMS.has(name) && !this.item) return this.startItem()
    if (this.fieldDepth > 0 || !this.isField(name)) return
    this.fieldDepth = this.depth
    this.text = ''
    const { href, rel = 'alternate' } = attributes
    if (name === 'link' && href !== undefined && rel === 'alternate') this.owner.link ??= href
  }

  ontext(text: string): void {
    if (this.fieldDepth > 0) this.text += text
  }

  onclosetag(name: string): void {
    if (this.depth === this.fieldDepth) this.settleField(name)
    if (this.item && this.depth === this.itemDepth) this.item = undefined
    this.depth--
  }

  private get owner(): FeedItem {
    return this.item ?? this.head
  }

  /** A child of the item or of the channel, not of an image or author in it. */
  private isField(name: string): boolean {
    if (FIELDS[name] === undefined) return false
    return this.item ? this.depth === this.itemDepth + 1 : this.depth <= 3
  }

  private startItem(): void {
    this.isFull = this.items.length >= MAX_ITEMS
    if (this.isFull) return this.stop()
    this.item = {}
    this.itemDepth = this.depth
    this.items.push(this.item)
  }

  private settleField(name: string): void {
    this.fieldDepth = 0
    const field = FIELDS[name]
    const value = this.text.trim()
    if (field !== undefined && value !== '') this.owner[field] ??= value
  }

  private stop(): void {
    this.isDone = true
    this.onDone()
  }
}
