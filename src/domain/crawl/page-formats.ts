import type { FieldRules } from '../page/fields/field-rules.ts'
import { PLAIN_PDF, type PdfWish } from '../render/pdf.ts'
import { PLAIN_SCREENSHOT, type ScreenshotWish } from '../render/screenshot.ts'
import type { PageFormatName } from './crawl-brief.ts'

interface FieldsWish {
  type: 'fields'
  fields: FieldRules
}

/** A format as callers wish for it: by name, or with more to say. */
export type WishedFormat =
  | Exclude<PageFormatName, 'fields'>
  | 'screenshot'
  | 'pdf'
  | ({ type: 'screenshot' } & ScreenshotWish)
  | ({ type: 'pdf' } & PdfWish)
  | FieldsWish

/** The formats that are read from a page's source, by their names, each once. */
export function namedFormats(formats: readonly WishedFormat[]): PageFormatName[] {
  const names = formats.map((format) => (typeof format === 'string' ? format : format.type))
  return [...new Set(names.filter((name) => name !== 'screenshot' && name !== 'pdf'))]
}

/** What `fields` among the formats reads. */
export function fieldRules(formats: readonly WishedFormat[]): FieldRules | undefined {
  for (const format of formats) if (typeof format === 'object' && format.type === 'fields') return format.fields
  return undefined
}

/** What only a browser can give. */
export function browserFormats(formats: readonly WishedFormat[]): { screenshot?: ScreenshotWish; pdf?: PdfWish } {
  const wishes: { screenshot?: ScreenshotWish; pdf?: PdfWish } = {}
  for (const format of formats) {
    if (format === 'screenshot') wishes.screenshot = PLAIN_SCREENSHOT
    else if (format === 'pdf') wishes.pdf = PLAIN_PDF
    else if (typeof format !== 'object') continue
    else if (format.type === 'screenshot') wishes.screenshot = format
    else if (format.type === 'pdf') wishes.pdf = format
  }
  return wishes
}
