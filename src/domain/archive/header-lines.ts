/** A header as named by its writer, and its value. */
export type HeaderField = readonly [name: string, value: string]

const CR = 0x0d
const LF = 0x0a

/** A start line and named fields as HTTP and WARC write them, with the empty line that ends them. */
export function encodeHead(startLine: string, fields: Iterable<HeaderField>): Uint8Array {
  let text = `${oneLine(startLine)}\r\n`
  for (const [name, value] of fields) text += `${oneLine(name)}: ${oneLine(value)}\r\n`
  return new TextEncoder().encode(`${text}\r\n`)
}

/** A line break inside a value would start a field that nobody sent. */
function oneLine(text: string): string {
  return /[\r\n\0]/.test(text) ? text.replace(/[\r\n\0]+/g, ' ') : text
}

export interface Head {
  startLine: string
  /** By lower-case name; fields that repeat are joined by a comma (RFC 9110 §5.3), Set-Cookie by a line break. */
  fields: Map<string, string>
  /** Where the first byte after the empty line stands. */
  end: number
}

/** Reads what `encodeHead` writes. Throws when the bytes hold no complete head. */
export function decodeHead(bytes: Uint8Array): Head {
  const end = endOfHead(bytes)
  const [startLine = '', ...lines] = new TextDecoder().decode(bytes.subarray(0, end)).split('\r\n')
  const fields = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon > 0) addField(fields, line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  return { startLine, fields, end }
}

function endOfHead(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3
  }
  throw new Error('The record has no end of its headers.')
}

function addField(fields: Map<string, string>, name: string, value: string): void {
  const before = fields.get(name)
  const joint = name === 'set-cookie' ? '\n' : ', '
  fields.set(name, before === undefined ? value : `${before}${joint}${value}`)
}
