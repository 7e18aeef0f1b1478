import type { DocumentKind } from '../../../fetch/document-kind.ts'
import type { LaidOut } from '../laid-out.ts'
import { OpenedZip } from '../zip/opened-zip.ts'
import { layOutDocx } from './docx/lay-out-docx.ts'
import { layOutOdf } from './odf/lay-out-odf.ts'
import { PackageParts } from './package-parts.ts'
import { layOutPptx } from './pptx/lay-out-pptx.ts'
import { coreProperties, metaProperties } from './properties.ts'
import { layOutXlsx } from './xlsx/lay-out-xlsx.ts'

type OfficeKind = Exclude<DocumentKind, 'pdf' | 'epub'>

/** Any archive gives a page; what is missing of it is told in a warning. */
export function layOutOffice(kind: OfficeKind, body: Uint8Array): LaidOut {
  const zip = new OpenedZip(body)
  if (zip.encrypted) return { properties: {}, html: '', warnings: [ENCRYPTED] }
  const parts = new PackageParts(zip)
  const isOpenDocument = kind === 'odt' || kind === 'ods' || kind === 'odp'
  const properties = isOpenDocument ? metaProperties(parts) : coreProperties(parts)
  const { html, warnings } = bodyOf(kind, parts)
  const isEmpty = html.replace(/<[^>]*>/g, '').trim() === ''
  return { properties, html, warnings: [...warnings, ...parts.warnings, ...(isEmpty ? [NO_TEXT] : [])] }
}

function bodyOf(kind: OfficeKind, parts: PackageParts): Pick<LaidOut, 'html' | 'warnings'> {
  switch (kind) {
    case 'docx':
      return { html: layOutDocx(parts), warnings: [] }
    case 'xlsx':
      return layOutXlsx(parts)
    case 'pptx':
      return { html: layOutPptx(parts), warnings: [] }
    case 'odt':
    case 'ods':
    case 'odp':
      return layOutOdf(parts)
  }
}

const ENCRYPTED = { code: 'encrypted', detail: 'The document is protected by a password and was not read.' }
const NO_TEXT = { code: 'no_text', detail: 'The document holds no text that can be read.' }
