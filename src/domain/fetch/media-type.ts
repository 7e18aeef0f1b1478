export interface MediaType {
  /** `type/subtype` in lower case. */
  essence: string
  charset?: string
}

/** HTTP token (RFC 9110 §5.6.2). */
const ESSENCE = /^\s*([!#$%&'*+\-.^_`|~\w]+\/[!#$%&'*+\-.^_`|~\w]+)\s*(?:$|[;,])/
const CHARSET = /[;,\s]charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;,"']+))/i

/** Reads a Content-Type as tolerantly as browsers do; undefined when it names no type at all. */
export function parseMediaType(contentType: string | null | undefined): MediaType | undefined {
  const essence = ESSENCE.exec(contentType ?? '')?.[1]?.toLowerCase()
  if (contentType === null || contentType === undefined || essence === undefined) return undefined
  const [, double, single, bare] = CHARSET.exec(contentType) ?? []
  const charset = (double ?? single ?? bare ?? '').trim()
  return charset === '' ? { essence } : { essence, charset }
}

export function isHtml(essence: string): boolean {
  return essence === 'text/html' || essence === 'application/xhtml+xml'
}

/** An XML media type by the MIME Sniffing standard; XHTML is one, too. */
export function isXml(essence: string): boolean {
  return essence === 'text/xml' || essence === 'application/xml' || essence.endsWith('+xml')
}

export function isJson(essence: string): boolean {
  return (
    essence === 'application/json' ||
    essence === 'text/json' ||
    essence === 'application/x-ndjson' ||
    essence.endsWith('+json')
  )
}

export function isText(essence: string): boolean {
  return essence.startsWith('text/')
}

/** Text that only programs read: fetching it as a page helps nobody. */
const CODE: ReadonlySet<string> = new Set(['text/css', 'text/javascript', 'text/ecmascript', 'image/svg+xml'])

/** Whether a response can be read as a page. Without a (valid) type, its bytes have to tell. */
export function isReadable(contentType: string | null | undefined): boolean {
  const essence = parseMediaType(contentType)?.essence
  if (essence === undefined) return true
  if (CODE.has(essence)) return false
  return isHtml(essence) || isXml(essence) || isJson(essence) || isText(essence)
}
