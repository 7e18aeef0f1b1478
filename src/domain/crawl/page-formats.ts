import { PLAIN_PDF, type PdfWish } from '../render/pdf.ts'
import { PLAIN_SCREENSHOT, type ScreenshotWish } from '../render/screenshot.ts'
import type { PageFormatName } from './crawl-brief.ts'

/** What only a browser can give, by name or with more to say. */
type BrowserFormat = 'screenshot' | 'pdf' | ({ type: 'screenshot' } & ScreenshotWish) | ({ type: 'pdf' } & PdfWish)

/** A format as callers wish for it. */
export type WishedFormat = PageFormatName | BrowserFormat

/** The formats that are read from a page's source. */
export function namedFormats(formats: readonly WishedFormat[]): PageFormatName[] {
  return formats.filter(isNamed)
}

function isNamed(format: WishedFormat): format is PageFormatName {
  return typeof format === 'string' && format !== 'screenshot' && format !== 'pdf'
}

/** The formats that a browser is to give. */
export function browserFormats(formats: readonly WishedFormat[]): { screenshot?: ScreenshotWish; pdf?: PdfWish } {
  const wishes: { screenshot?: ScreenshotWish; pdf?: PdfWish } = {}
  for (const format of formats) {
    if (format === 'screenshot') wishes.screenshot = PLAIN_SCREENSHOT
    else if (format === 'pdf') wishes.pdf = PLAIN_PDF
    else if (typeof format !== 'object') continue
    else if (format.type === 'screenshot') wishes.screenshot = format
    else wishes.pdf = format
  }
  return wishes
}
