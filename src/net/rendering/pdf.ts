import type { CDPSession } from '@cloudflare/puppeteer'
import { concatenated } from '../../domain/archive/concatenated.ts'
import { MOST_PDF_BYTES, MOST_PDF_PAGES, type PdfWish, paperSize } from '../../domain/render/pdf.ts'
import { bytesOfBase64 } from './base64.ts'
import type { Capture } from './capture.ts'
import { type PictureOf, lookDown } from './screenshot.ts'

const PART_BYTES = 500_000

/** The page as it prints itself; undefined where that takes too many bytes. */
export async function printed(page: PictureOf, { paper, landscape }: PdfWish): Promise<Capture | undefined> {
  await lookDown(page)
  const { width, height } = paperSize(paper)
  const { stream } = await page.cdp.send('Page.printToPDF', {
    paperWidth: width,
    paperHeight: height,
    landscape,
    printBackground: true,
    pageRanges: `1-${MOST_PDF_PAGES}`,
    transferMode: 'ReturnAsStream',
  })
  const bytes = stream === undefined ? undefined : await read(page.cdp, stream)
  return bytes && { bytes, contentType: 'application/pdf' }
}

async function read(cdp: CDPSession, handle: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { data, eof, base64Encoded } = await cdp.send('IO.read', { handle, size: PART_BYTES })
    const part = base64Encoded ? bytesOfBase64(data) : new TextEncoder().encode(data)
    parts.push(part)
    length += part.byteLength
    if (length > MOST_PDF_BYTES) break
    if (eof) return concatenated(parts)
  }
  await cdp.send('IO.close', { handle })
  return undefined
}
