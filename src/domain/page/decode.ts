import { parseMediaType } from '../fetch/media-type.ts'
import { declaredInMarkup } from './declared-charset.ts'

export interface DecodedBody extends DecodedAs {
  text: string
}

export interface DecodedParts extends DecodedAs {
  /** The text in order, cut between characters. */
  parts: string[]
}

interface DecodedAs {
  /** WHATWG name of the encoding that was used, lower case: `utf-8`, `windows-1252`, `shift_jis`. */
  charset: string
  /** The label that the document or its header declared, when it turned out to be wrong. */
  mislabelled?: string
}

/**
 * Bytes to text in the order of the HTML standard's sniffing (§13.2.3.2): byte order mark, the header's charset, what the
 * markup declares, detection. One thing is stricter than browsers: bytes that are valid UTF-8 and not ASCII are UTF-8,
 * whatever a label says, and a label of UTF-8 on bytes that are not is not believed. Never throws.
 */
export function decodeBody(body: Uint8Array, contentType?: string): DecodedBody {
  const { parts, ...as } = decodeParts(body, contentType)
  return { text: parts.join(''), ...as }
}

/** The same, for readers that need no whole text. */
export function decodeParts(body: Uint8Array, contentType?: string): DecodedParts {
  const marked = byteOrderMark(body) ?? byZeros(body)
  if (marked) return { parts: decoded(body, marked).map(readable), charset: marked }
  const wanted = encodingOf(parseMediaType(contentType)?.charset) ?? encodingOf(declaredInMarkup(body))
  const utf8 = strictUtf8(body)
  if (utf8 !== undefined && !wide(wanted)) {
    const wrong = wanted !== undefined && wanted !== 'utf-8' && !utf8.every(isAscii)
    if (wanted === undefined || wanted === 'utf-8' || wrong) {
      return { parts: utf8.map(readable), charset: 'utf-8', ...(wrong && { mislabelled: wanted }) }
    }
  }
  const charset = wanted === undefined ? WEB_DEFAULT : wanted === 'utf-8' ? mostlyUtf8(body) : wanted
  const parts = decoded(body, charset).map(readable)
  return { parts, charset, ...(wanted !== undefined && wanted !== charset && { mislabelled: wanted }) }
}

/**
 * Strings up to this length lie in V8's nursery, and most parts of most pages take one byte a character. One long string is
 * mapped memory of two bytes a character, which costs 30 times as much to make.
 */
const PART_BYTES = 16_384

/** Throws where `fatal` is set and the bytes are no such text. */
function decoded(body: Uint8Array, charset: string, fatal = false): string[] {
  const decoder = decoderFor(charset, fatal)
  const parts: string[] = []
  for (let start = 0; start < body.length; start += PART_BYTES) {
    const end = start + PART_BYTES
    parts.push(decoder.decode(body.subarray(start, end), { stream: end < body.length }))
  }
  return parts
}

/** NULs are no text: databases refuse them, browsers show U+FFFD. Decoders see to it that surrogates have their other half. */
function readable(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text
}

function byteOrderMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return undefined
}

/** What browsers take bytes without any label for (§13.2.3.2, step 9), and the safest: every byte means something in it. */
const WEB_DEFAULT = 'windows-1252'

/** A label's encoding by the Encoding standard; undefined for a label that nobody knows. */
function encodingOf(label: string | undefined): string | undefined {
  if (label === undefined || label === '') return undefined
  try {
    return new TextDecoder(label).encoding.toLowerCase()
  } catch {
    return undefined
  }
}

function decoderFor(charset: string, fatal: boolean): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset, { fatal, ignoreBOM: false })
  } catch {
    return new TextDecoder(WEB_DEFAULT)
  }
}

/** Encodings whose bytes are not ASCII's, where valid UTF-8 says nothing: UTF-16 and the escape sequences of ISO-2022-JP. */
function wide(encoding: string | undefined): boolean {
  return encoding !== undefined && (encoding.startsWith('utf-16') || encoding === 'iso-2022-jp')
}

/** The text, if the bytes are UTF-8 throughout. Forgiving decoding is several times faster, and most bodies are. */
function strictUtf8(body: Uint8Array): string[] | undefined {
  const parts = decoded(body, 'utf-8')
  if (!parts.some((part) => part.includes('\ufffd'))) return parts
  try {
    return decoded(body, 'utf-8', true)
  } catch {
    return undefined
  }
}

function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text)
}

/** Bytes that say they are UTF-8 and break it: a few broken ones leave it UTF-8, many mean the label is wrong. */
function mostlyUtf8(body: Uint8Array): string {
  let broken = 0
  let whole = 0
  for (const part of decoded(body, 'utf-8')) {
    for (let index = 0; index < part.length; index++) {
      const code = part.charCodeAt(index)
      if (code === 0xfffd) broken++
      else if (code > 0x7f) whole++
    }
  }
  return broken > whole ? WEB_DEFAULT : 'utf-8'
}

/** UTF-16 without a mark: markup has every other byte zero, and no other encoding has zeros. */
function byZeros(body: Uint8Array): string | undefined {
  const head = body.subarray(0, 1_024)
  if (!head.includes(0)) return undefined
  let even = 0
  let odd = 0
  for (let index = 0; index < head.length; index++) {
    if (head[index] !== 0) continue
    if (index % 2 === 0) even++
    else odd++
  }
  if (odd > head.length / 4 && even === 0) return 'utf-16le'
  return even > head.length / 4 && odd === 0 ? 'utf-16be' : undefined
}
