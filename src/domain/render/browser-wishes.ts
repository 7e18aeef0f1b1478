import type { Action } from './action.ts'
import type { LoadMore } from './load-more.ts'
import type { PdfWish } from './pdf.ts'
import type { ScreenshotWish } from './screenshot.ts'
import type { Visitor } from './visitor.ts'

/** What a caller wants of a browser that shows a page. It travels in every lease of a crawl: it only grows. */
export interface BrowserWishes extends Visitor {
  /** Milliseconds, or a selector that must be there; beside what is waited for anyway. */
  waitFor?: number | string | undefined
  cookieBanners?: BannerAnswer | undefined
  loadMore?: LoadMore | undefined
  /** Done once the page stands, in this order. */
  actions?: readonly Action[] | undefined
  /** Taken at the end. */
  screenshot?: ScreenshotWish | undefined
  pdf?: PdfWish | undefined
}

export type BannerAnswer = 'reject' | 'accept'

/** Of any options, those that are a browser's. */
export function browserWishes(options: BrowserWishes): BrowserWishes {
  const { mobile, locale, timezone, waitFor, cookieBanners, loadMore, actions, screenshot, pdf } = options
  const wishes = { mobile, locale, timezone, waitFor, cookieBanners, loadMore, actions, screenshot, pdf }
  return Object.fromEntries(Object.entries(wishes).filter(([, wish]) => wish !== undefined && wish !== false))
}

/** Which of the wishes takes a browser, by its name. The others say how it shows the page, should there be one. */
export function browserNeed({ loadMore, actions, screenshot, pdf }: BrowserWishes): string | undefined {
  if (screenshot) return 'the format `screenshot`'
  if (pdf) return 'the format `pdf`'
  if (actions) return '`actions`'
  return loadMore && '`loadMore`'
}
