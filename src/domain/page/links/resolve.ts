/** A longer base would make a page of short links many times longer than it is. */
const LONGEST_BASE = 2_000
/** Of the addresses that one document may fill all its formats with: ten times what long pages need. In characters. */
const MOST_CHARACTERS = 20_000_000

/** Addresses that are remembered at a time: all of a page's but for a few. */
const MOST_KNOWN = 20_000

/** Resolves the URLs of one document against its base, once each. */
export class Resolver {
  readonly document: string
  readonly base: string
  /** More addresses were asked for than one document may have; the rest are null. */
  exhausted = false
  private left = MOST_CHARACTERS
  private readonly known = new Map<string, string | null>()

  constructor(documentUrl: string, baseHref?: string) {
    this.document = documentUrl
    const declared = baseHref === undefined ? null : URL.parse(baseHref, documentUrl)
    this.base =
      declared && isWeb(declared.protocol) && declared.href.length <= LONGEST_BASE ? declared.href : documentUrl
  }

  /** The absolute URL if it is http(s), else null. */
  web(href: string): string | null {
    const known = this.known.get(href)
    const web = known === undefined ? this.resolved(href) : known
    if (known === undefined) this.keep(href, web)
    this.left -= web?.length ?? 0
    this.exhausted ||= this.left < 0
    return this.exhausted ? null : web
  }

  private keep(href: string, web: string | null): void {
    if (this.known.size >= MOST_KNOWN) this.known.clear()
    this.known.set(href, web)
  }

  private resolved(href: string): string | null {
    if (isDanglingMarkup(href)) return null
    const url = URL.parse(href, this.base)
    return url && isWeb(url.protocol) && url.hostname !== '' ? url.href : null
  }
}

/** An attribute whose quote never closed: browsers don't fetch it either (Fetch standard, "main fetch", bad URLs). */
function isDanglingMarkup(href: string): boolean {
  return href.includes('<') && /[\t\n\r]/.test(href)
}

function isWeb(protocol: string): boolean {
  return protocol === 'http:' || protocol === 'https:'
}
