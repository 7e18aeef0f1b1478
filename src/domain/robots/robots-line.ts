export type Directive =
  | 'user-agent'
  | 'allow'
  | 'disallow'
  | 'crawl-delay'
  | 'request-rate'
  | 'sitemap'
  | 'content-signal'

export interface RobotsLine {
  directive: Directive
  value: string
  /** From 1. */
  number: number
}

/** Spellings from the wild beside the right ones; owners mean them, and other crawlers accept them, too. */
const SPELLINGS: ReadonlyMap<string, Directive> = new Map([
  ['user-agent', 'user-agent'],
  ['useragent', 'user-agent'],
  ['user agent', 'user-agent'],
  ['allow', 'allow'],
  ['disallow', 'disallow'],
  ['dissallow', 'disallow'],
  ['dissalow', 'disallow'],
  ['disalow', 'disallow'],
  ['diasllow', 'disallow'],
  ['disallaw', 'disallow'],
  ['crawl-delay', 'crawl-delay'],
  ['crawldelay', 'crawl-delay'],
  ['crawl delay', 'crawl-delay'],
  ['request-rate', 'request-rate'],
  ['sitemap', 'sitemap'],
  ['site-map', 'sitemap'],
  ['content-signal', 'content-signal'],
])

/** A byte order mark: read as it should be, broken off, or with its bytes taken for Latin-1. */
const BYTE_ORDER_MARK = /^[\uFEFF\uFFFD\u00EF\u00BB\u00BF]+/

const CONTROLS = /[\0-\x1F\x7F]+/g

/** The lines that say something known, whatever their line ends. */
export function* readRobotsLines(text: string): Generator<RobotsLine> {
  const lines = text.replace(BYTE_ORDER_MARK, '').split(/\r\n|\r|\n/)
  for (const [index, raw] of lines.entries()) {
    const line = readLine(raw, index + 1)
    if (line) yield line
  }
}

function readLine(raw: string, number: number): RobotsLine | undefined {
  const comment = raw.indexOf('#')
  const text = (comment === -1 ? raw : raw.slice(0, comment)).replace(CONTROLS, ' ').trim()
  const [name, value] = nameAndValue(text)
  const directive = name === undefined ? undefined : SPELLINGS.get(name.toLowerCase())
  return directive === undefined || value === undefined ? undefined : { directive, value, number }
}

function nameAndValue(text: string): string[] {
  const colon = text.indexOf(':')
  if (colon !== -1) return [text.slice(0, colon).trimEnd(), text.slice(colon + 1).trimStart()]
  // Where the colon is missing, two words alone leave no doubt of what was meant.
  const words = text.split(/\s+/, 3)
  return words.length === 2 ? words : []
}
