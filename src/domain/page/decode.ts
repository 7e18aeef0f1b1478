import { parseMediaType } from '../fetch/media-type.ts'
import { declaredInMarkup } from './declared-charset.ts'

export interface DecodedBody {
  text: string
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
  const marked = byteOrderMark(body) ?? byZeros(body)
  if (marked) return { text: readable(new TextDecoder(marked).decode(body)), charset: marked }
  const wanted = encodingOf(parseMediaType(contentType)?.charset) ?? encodingOf(declaredInMarkup(body))
  const utf8 = strictUtf8(body)
  if (utf8 !== undefined && !wide(wanted)) {
    const wrong = wanted !== undefined && wanted !== 'utf-8' && !isAscii(utf8)
    if (wanted === undefined || wanted === 'utf-8' || wrong) {
      return { text: readable(utf8), charset: 'utf-8', ...(wrong && { mislabelled: wanted }) }
    }
  }
  const charset = wanted === undefined ? WEB_DEFAULT : wanted === 'utf-8' ? mostlyUtf8(body) : wanted
  const text = readable(decoderFor(charset).decode(body))
  return { text, charset, ...(wanted !== undefined && wanted !== charset && { mislabelled: wanted }) }
}

/** NULs and surrogates without their other half are no text: databases refuse them, browsers show U+FFFD. */
function readable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes('\0') ? whole.replaceAll('\0', '\ufffd') : whole
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

function decoderFor(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder('windows-1252')
  }
}

/** Encodings whose bytes are not ASCII's, where valid UTF-8 says nothing: UTF-16 and the escape sequences of ISO-2022-JP. */
function wide(encoding: string | undefined): boolean {
  return encoding !== undefined && (encoding.startsWith('utf-16') || encoding === 'iso-2022-jp')
}

/** The text, if the bytes are UTF-8 throughout. Forgiving decoding is several times faster, and most bodies are. */
function strictUtf8(body: Uint8Array): string | undefined {
  const text = new TextDecoder('utf-8').decode(body)
  if (!text.includes('\ufffd')) return text
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body)
  } catch {
    return undefined
  }
}

function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text)
}

/** Bytes that say they are UTF-8 and break it: a few broken ones leave it UTF-8, many mean the label is wrong. */
function mostlyUtf8(body: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(body)
  let broken = 0
  let whole = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 0xfffd) broken++
    else if (code > 0x7f) whole++
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
