import { isHtml, isJson, isXml, parseMediaType } from '../fetch/media-type.ts'
import { sniffMediaType } from '../fetch/sniff.ts'
import { type DecodedParts, decodeParts } from './decode.ts'
import type { PageReading, PageRequest, PageWarning } from './page.ts'
import { readHtml } from './read-html.ts'
import { readOther } from './read-other.ts'

/** Reads one document once. Total: any bytes under any Content-Type give a reading. */
export function readPage(request: PageRequest): PageReading {
  const essence = kindOf(request)
  const decoded = decodeParts(request.body, request.contentType)
  const reading = isHtml(essence)
    ? readHtml(request, drained(decoded.parts))
    : readOther(request, decoded.parts.join(''), essence)
  return { ...reading, charset: decoded.charset, warnings: [...reading.warnings, ...charsetWarnings(decoded)] }
}

/** Each part only once, so that what was read of a long document need not be held any longer. */
function* drained(parts: string[]): Generator<string> {
  for (const [index, part] of parts.entries()) {
    parts[index] = ''
    yield part
  }
}

/** The declared type, or the sniffed one where it says nothing or says plain text about what is markup. */
function kindOf({ contentType, body }: PageRequest): string {
  const declared = parseMediaType(contentType)?.essence
  if (declared === undefined || declared === 'application/octet-stream') return sniffMediaType(body)
  const isKnown = isHtml(declared) || isXml(declared) || isJson(declared) || declared.startsWith('text/')
  return isKnown ? declared : sniffMediaType(body)
}

function charsetWarnings({ mislabelled, charset }: DecodedParts): PageWarning[] {
  if (mislabelled === undefined) return []
  return [{ code: 'charset_corrected', detail: `Declared as ${mislabelled}, read as ${charset}.` }]
}
