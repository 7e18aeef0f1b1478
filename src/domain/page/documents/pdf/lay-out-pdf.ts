import { counted } from '../../../counted.ts'
import type { PageWarning } from '../../page.ts'
import type { LaidOut } from '../laid-out.ts'
import { type OpenedPdf, openPdf } from './opened-pdf.ts'
import { pdfHtml } from './pdf-html.ts'
import { type PdfLine, pdfLines } from './pdf-lines.ts'
import { pdfProperties } from './pdf-properties.ts'
import { unpacksTooFar } from './pdf-streams.ts'

/** Pages and pieces of text that are read of one PDF. A page takes 10 to 50 ms and has some hundred pieces. */
const MAX_PAGES = 500
const MAX_ITEMS = 200_000

const EMPTY = { properties: {}, html: '' }

/** Any bytes give a page; what could not be read is told in a warning. `pause` is asked before every page. */
export async function layOutPdf(bytes: Uint8Array, pause: () => Promise<boolean>): Promise<LaidOut> {
  if (unpacksTooFar(bytes)) return { ...EMPTY, warnings: [TOO_LARGE] }
  const opening = await openPdf(bytes)
  switch (opening.kind) {
    case 'encrypted':
      return { ...EMPTY, warnings: [ENCRYPTED] }
    case 'damaged':
      return { ...EMPTY, warnings: [damaged(opening.detail)] }
    case 'opened':
      return layOutOpened(opening.pdf, pause)
  }
}

async function layOutOpened(pdf: OpenedPdf, pause: () => Promise<boolean>): Promise<LaidOut> {
  const { pages, warnings } = await readPages(pdf, pause)
  await pdf.close()
  const hasText = [...pages.values()].some((lines) => lines.length > 0)
  return {
    properties: { ...pdfProperties(pdf.info), pages: pdf.pageCount },
    html: hasText ? pdfHtml(pages) : '',
    warnings: hasText ? warnings : [...warnings, NO_TEXT],
  }
}

async function readPages(
  pdf: OpenedPdf,
  pause: () => Promise<boolean>,
): Promise<{ pages: Map<number, PdfLine[]>; warnings: PageWarning[] }> {
  const pages = new Map<number, PdfLine[]>()
  const last = Math.min(pdf.pageCount, MAX_PAGES)
  let left = MAX_ITEMS
  let broken = 0
  let number = 1
  for (; number <= last && left > 0 && (await pause()); number++) {
    try {
      const page = await pdf.page(number, left)
      left -= page.items.length
      pages.set(number, pdfLines(page))
    } catch {
      broken++
    }
  }
  const isCut = number <= pdf.pageCount || left <= 0
  return { pages, warnings: [...(isCut ? [TOO_MANY_PAGES] : []), ...(broken > 0 ? [damagedPages(broken)] : [])] }
}

const ENCRYPTED = { code: 'encrypted', detail: 'The PDF is protected by a password and was not read.' }
const NO_TEXT = { code: 'no_text', detail: 'The PDF holds no text; it may be a scan.' }
const TOO_LARGE = { code: 'document_too_large', detail: 'The PDF unpacks to more than is read.' }
const TOO_MANY_PAGES = {
  code: 'too_many_pages',
  detail: 'The PDF has more pages or text than is read, or takes too long; its end is missing.',
}

function damaged(detail: string): PageWarning {
  return { code: 'document_damaged', detail: `The PDF can't be read: ${detail.slice(0, 200)}` }
}

function damagedPages(count: number): PageWarning {
  return { code: 'document_damaged', detail: `${counted(count, 'page')} of the PDF can't be read.` }
}
