import { zipEntries } from '../page/documents/zip/zip-entries.ts'
import { parseMediaType } from './media-type.ts'

/** Documents that are no text and are read nevertheless. */
export type DocumentKind = 'pdf' | 'docx' | 'xlsx' | 'pptx' | 'odt' | 'ods' | 'odp' | 'epub'

const OPEN_XML = 'application/vnd.openxmlformats-officedocument'
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument'

const KINDS: ReadonlyMap<string, DocumentKind> = new Map([
  ['application/pdf', 'pdf'],
  ['application/x-pdf', 'pdf'],
  [`${OPEN_XML}.wordprocessingml.document`, 'docx'],
  [`${OPEN_XML}.wordprocessingml.template`, 'docx'],
  ['application/vnd.ms-word.document.macroenabled.12', 'docx'],
  [`${OPEN_XML}.spreadsheetml.sheet`, 'xlsx'],
  [`${OPEN_XML}.spreadsheetml.template`, 'xlsx'],
  ['application/vnd.ms-excel.sheet.macroenabled.12', 'xlsx'],
  [`${OPEN_XML}.presentationml.presentation`, 'pptx'],
  [`${OPEN_XML}.presentationml.slideshow`, 'pptx'],
  ['application/vnd.ms-powerpoint.presentation.macroenabled.12', 'pptx'],
  ['application/epub+zip', 'epub'],
  [`${OPEN_DOCUMENT}.text`, 'odt'],
  [`${OPEN_DOCUMENT}.text-template`, 'odt'],
  [`${OPEN_DOCUMENT}.spreadsheet`, 'ods'],
  [`${OPEN_DOCUMENT}.spreadsheet-template`, 'ods'],
  [`${OPEN_DOCUMENT}.presentation`, 'odp'],
  [`${OPEN_DOCUMENT}.presentation-template`, 'odp'],
])

/** Types that servers give to what they know nothing of, documents among it. */
const VAGUE: ReadonlySet<string> = new Set([
  'application/octet-stream',
  'binary/octet-stream',
  'application/download',
  'application/force-download',
  'application/x-download',
  'application/zip',
  'application/x-zip-compressed',
  // What old servers call every office document.
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
])

export function declaresDocument(contentType: string | null | undefined): boolean {
  return KINDS.has(parseMediaType(contentType)?.essence ?? '')
}

/** Only the bytes can tell whether a body so declared is a document. */
export function declaresNothing(contentType: string | null | undefined): boolean {
  return VAGUE.has(parseMediaType(contentType)?.essence ?? '')
}

/** Readers find a PDF whose header stands anywhere in here (ISO 32000-1, Annex H.3, note 13). */
const PDF_HEADER_WITHIN = 1_024
const PERCENT = 0x25
const ZIP_MARK = 'PK\x03\x04'

/** Whether a body may be a document, by its first bytes alone. */
export function startsAsDocument(start: Uint8Array): boolean {
  return startsAsPdf(start) || latin1(start.subarray(0, ZIP_MARK.length)) === ZIP_MARK
}

/** What a body is by its bytes, whatever it is declared as; undefined for all that is no document of ours. */
export function documentKind(body: Uint8Array): DocumentKind | undefined {
  if (startsAsPdf(body)) return 'pdf'
  if (!startsAsDocument(body)) return undefined
  return typedKind(body) ?? kindByParts(body)
}

/** A page may speak of "%PDF-"; no markup stands before a real header. */
function startsAsPdf(body: Uint8Array): boolean {
  const start = body.subarray(0, PDF_HEADER_WITHIN)
  // Nearly every page is told apart here, without making text of its bytes.
  if (!start.includes(PERCENT)) return false
  const text = latin1(start)
  const header = text.indexOf('%PDF-')
  return header !== -1 && !/<[!?a-z]/i.test(text.slice(0, header))
}

/** OpenDocument 1.3 part 2, §3.3, and EPUB's container, §4.3: the first file is named `mimetype`, is stored, and has no extra field. */
function typedKind(body: Uint8Array): DocumentKind | undefined {
  const named = /^mimetype(application\/(?:vnd\.oasis\.opendocument\.[a-z-]+|epub\+zip))/.exec(
    latin1(body.subarray(30, 130)),
  )
  // What follows the type is the mark of the next file.
  return named?.[1] === undefined ? undefined : KINDS.get(named[1])
}

function kindByParts(body: Uint8Array): DocumentKind | undefined {
  const entries = zipEntries(body)
  // Archives made by hand have the type elsewhere, or with an extra field.
  if (entries?.has('META-INF/container.xml')) return 'epub'
  if (!entries?.has('[Content_Types].xml')) return undefined
  for (const name of entries.keys()) {
    if (name.startsWith('word/')) return 'docx'
    if (name.startsWith('xl/')) return 'xlsx'
    if (name.startsWith('ppt/')) return 'pptx'
  }
  return undefined
}

/** A compound file that holds an encrypted office document ([MS-OFFCRYPTO] §2.3.4.5): its stream's name, in UTF-16. */
export function isEncryptedOffice(body: Uint8Array): boolean {
  const isCompound = latin1(body.subarray(0, 8)) === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
  return (
    isCompound &&
    new TextDecoder('utf-16le').decode(body.subarray(0, 2 * (body.length >> 1))).includes('EncryptedPackage')
  )
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
