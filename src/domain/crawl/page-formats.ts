import type { FieldRules } from '../page/fields/field-rules.ts'
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
  | ({ type: 'screenshot' } & ScreenshotWish)
  | FieldsWish

/** The formats that are read from a page's source, by their names, each once. */
export function namedFormats(formats: readonly WishedFormat[]): PageFormatName[] {
  const names = formats.map((format) => (typeof format === 'string' ? format : format.type))
  return [...new Set(names.filter((name) => name !== 'screenshot'))]
}

/** What `fields` among the formats reads. */
export function fieldRules(formats: readonly WishedFormat[]): FieldRules | undefined {
  for (const format of formats) if (typeof format === 'object' && format.type === 'fields') return format.fields
  return undefined
}

/** What only a browser can give. */
export function screenshotOf(formats: readonly WishedFormat[]): ScreenshotWish | undefined {
  for (const format of formats) {
    if (format === 'screenshot') return PLAIN_SCREENSHOT
    if (typeof format === 'object' && format.type === 'screenshot') return format
  }
  return undefined
}
