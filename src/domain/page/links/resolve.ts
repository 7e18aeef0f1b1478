/** Resolves the URLs of one document against its base, once each. */
export class Resolver {
  readonly document: string
  readonly base: string
  private readonly known = new Map<string, string | null>()

  constructor(documentUrl: string, baseHref?: string) {
    this.document = documentUrl
    const declared = baseHref === undefined ? null : URL.parse(baseHref, documentUrl)
    this.base = declared && isWeb(declared.protocol) ? declared.href : documentUrl
  }

  /** The absolute URL if it is http(s), else null. */
  web(href: string): string | null {
    const known = this.known.get(href)
    if (known !== undefined) return known
    const url = URL.parse(href, this.base)
    const web = url && isWeb(url.protocol) && url.hostname !== '' ? url.href : null
    this.known.set(href, web)
    return web
  }
}

function isWeb(protocol: string): boolean {
  return protocol === 'http:' || protocol === 'https:'
}
