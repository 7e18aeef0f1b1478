/** The standard looks at 1,024 bytes; pages put scripts before their meta, and browsers read on as we do. */
const PRESCAN_BYTES = 4_096

const XML_DECLARATION = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/i
const META = /<meta\b[^>]*>/gi
const CHARSET_ATTRIBUTE = /[\s"'/]charset\s*=\s*["']?\s*([^\s"'/>;]+)/i
const CONTENT_TYPE_PRAGMA = /http-equiv\s*=\s*["']?\s*content-type/i
const CHARSET_IN_CONTENT = /content\s*=\s*["'][^"'>]*?charset\s*=\s*([^\s"';>]+)/i

/**
 * The charset that the markup itself declares: an XML declaration or a `<meta>`, outside comments (HTML standard
 * §13.2.3.2, "prescan a byte stream"). A declared UTF-16 is a lie, for it was read as ASCII: it means UTF-8.
 */
export function declaredInMarkup(body: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(body.subarray(0, PRESCAN_BYTES)).replace(/<!--[^]*?(?:-->|$)/g, '')
  const label = metaCharset(head) ?? XML_DECLARATION.exec(head)?.[1]
  if (label === undefined) return undefined
  if (/^utf-?16/i.test(label)) return 'utf-8'
  return /^x-user-defined$/i.test(label) ? 'windows-1252' : label
}

function metaCharset(head: string): string | undefined {
  for (const [tag] of head.matchAll(META)) {
    const pragma = CONTENT_TYPE_PRAGMA.test(tag) ? CHARSET_IN_CONTENT.exec(tag)?.[1] : undefined
    const label = pragma ?? CHARSET_ATTRIBUTE.exec(tag.replace(/\bcontent\s*=\s*(?:"[^"]*"|'[^']*')/i, ''))?.[1]
    if (label !== undefined) return label
  }
  return undefined
}
