import { PLAIN_SCREENSHOT, type ScreenshotWish } from '../render/screenshot.ts'
import type { PageFormatName } from './crawl-brief.ts'

/** A format as callers wish for it: by name, or with more to say. */
export type WishedFormat = PageFormatName | 'screenshot' | ({ type: 'screenshot' } & ScreenshotWish)

/** The formats that are read from a page's source. */
export function namedFormats(formats: readonly WishedFormat[]): PageFormatName[] {
  return formats.filter((format) => typeof format === 'string' && format !== 'screenshot')
}

/** What only a browser can give. */
export function screenshotOf(formats: readonly WishedFormat[]): ScreenshotWish | undefined {
  for (const format of formats) {
    if (format === 'screenshot') return PLAIN_SCREENSHOT
    if (typeof format === 'object') return format
  }
  return undefined
}
