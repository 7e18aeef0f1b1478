import { JoinedReading } from './joined-reading.ts'
import type { PageRequest } from './page.ts'
import { type HtmlReading, type WholePage, readWindow, wholePage } from './read-window.ts'
import { survey } from './survey.ts'
import { parseInWindows } from './tree/parse-html.ts'

/**
 * Reads a document given in parts. Pages are one window, all but a few of the web: one parse, one survey of the whole tree,
 * one decision about the content; then only what was asked for is written.
 * `isLaidOut`: the page is of our own making, and only its head speaks for the document.
 */
export function readHtml(request: PageRequest, source: Iterable<string>, { isLaidOut = false } = {}): HtmlReading {
  const joined = new JoinedReading()
  let page: WholePage | undefined
  for (const window of parseInWindows(source)) {
    const seen = survey(window.root)
    page ??= wholePage(request, seen, isLaidOut)
    joined.add(readWindow(page, window, seen))
  }
  return joined.reading()
}
