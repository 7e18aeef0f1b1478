export interface MediaType {
  /** `type/subtype` in lower case. */
  essence: string
  charset?: string
}

/** HTTP token (RFC 9110 §5.6.2). */
const ESSENCE = /^\s*([!#$%&'*+\-.^_`|~\w]+\/[!#$%&'*+\-.^_`|~\w]+)(?=$|[\s;,])/
/** Separators as they are found, values quoted either way: a value that holds `charset=` must not be mistaken for one. */
const PARAMETERS = /[;,\s]([^\s;,="']+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;,"']+))/g

/** Reads a Content-Type as tolerantly as browsers do; undefined when it names no type at all. */
export function parseMediaType(contentType: string | null | undefined): MediaType | undefined {
  const text = contentType ?? ''
  const essence = ESSENCE.exec(text)?.[1]?.toLowerCase()
  if (essence === undefined) return undefined
  for (const [, name, double, single, bare] of text.matchAll(PARAMETERS)) {
    const value = (double ?? single ?? bare ?? '').trim()
    if (name?.toLowerCase() === 'charset' && value !== '') return { essence, charset: value }
  }
  return { essence }
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

const IMAGES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

/** Whether a response says it is an image whose header can be read. */
export function isImage(contentType: string | null | undefined): boolean {
  return IMAGES.has(parseMediaType(contentType)?.essence ?? '')
}

/** Text that only programs read: fetching it as a page helps nobody. */
const CODE: ReadonlySet<string> = new Set(['text/css', 'text/javascript', 'text/ecmascript', 'image/svg+xml'])

/** Whether a response can be read as text. Without a (valid) type, its bytes have to tell. */
export function isReadable(contentType: string | null | undefined): boolean {
  const essence = parseMediaType(contentType)?.essence
  if (essence === undefined) return true
  if (CODE.has(essence)) return false
  return isHtml(essence) || isXml(essence) || isJson(essence) || isText(essence)
}
