import { type DocumentKind, documentKind } from '../fetch/document-kind.ts'
import { isImage } from '../fetch/media-type.ts'
import { imageFacts } from './documents/image/image-facts.ts'
import { readImage } from './documents/image/read-image.ts'
import { type LaidOut, laidOutPage } from './documents/laid-out.ts'
import type { PageReading, PageRequest } from './page.ts'
import { readLaidOut } from './read-laid-out.ts'
import { readPage } from './read-page.ts'

/** Asked between steps of long readings: lets others run meanwhile, and says whether there is time for another step. */
export type Pause = () => Promise<boolean>

const endless: Pause = () => Promise.resolve(true)

/** Reads any body: documents by a reader of their own, everything else as text. Total, as `readPage` is. */
export async function readDocument(request: PageRequest, pause: Pause = endless): Promise<PageReading> {
  const kind = documentKind(request.body)
  if (kind === undefined) return readImageOrPage(request)
  const laidOut = await layOut(kind, request.body, pause)
  return { ...readLaidOut(request, laidOutPage(laidOut), laidOut.warnings), charset: 'utf-8' }
}

function readImageOrPage(request: PageRequest): PageReading {
  const facts = isImage(request.contentType) ? imageFacts(request.body) : undefined
  return facts ? readImage(request, facts) : readPage(request)
}

/** The readers are loaded with the first document that needs them: most crawls never do. */
async function layOut(kind: DocumentKind, body: Uint8Array, pause: Pause): Promise<LaidOut> {
  if (kind === 'pdf') return (await import('./documents/pdf/lay-out-pdf.ts')).layOutPdf(body, pause)
  if (kind === 'epub') return (await import('./documents/epub/lay-out-epub.ts')).layOutEpub(body)
  return (await import('./documents/office/lay-out-office.ts')).layOutOffice(kind, body)
}
