import { isJson, isXml } from '../fetch/media-type.ts'
import { readDelimited, tableAsHtml } from './documents/delimited.ts'
import { type Feed, feedAsHtml } from './documents/feed.ts'
import { readXmlFeed } from './documents/feed-xml.ts'
import { readJsonFeed } from './documents/json-feed.ts'
import { markdownLinks } from './documents/markdown-links.ts'
import { markdownOfOther } from './other-bodies.ts'
import type { PageReading, PageRequest, PageWarning } from './page.ts'
import { readLaidOut } from './read-laid-out.ts'
import { wordCount } from './word-count.ts'

type OtherReading = Omit<PageReading, 'charset'>

const TABLES: ReadonlySet<string> = new Set(['text/csv', 'text/tab-separated-values'])

const TRUNCATED: PageWarning = {
  code: 'too_many_rows',
  detail: 'The table or feed has more entries than are read; its end is missing.',
}

/** A document that is no HTML: feeds and tables are laid out as pages, the rest is its text as it stands. */
export function readOther(request: PageRequest, text: string, essence: string): OtherReading {
  const feed = feedOf(text, essence)
  if (feed) return readLaidOut(request, feedAsHtml(feed), feed.truncated ? [TRUNCATED] : [])
  if (!TABLES.has(essence)) return readAsText(request, text, essence)
  const table = readDelimited(text, essence)
  return { ...readLaidOut(request, tableAsHtml(table), table.truncated ? [TRUNCATED] : []), title: null }
}

function feedOf(text: string, essence: string): Feed | undefined {
  if (isXml(essence)) return readXmlFeed(text)
  return isJson(essence) ? readJsonFeed(text) : undefined
}

/** Only Markdown marks its links: those of other prose can't be told from examples. */
function readAsText(request: PageRequest, text: string, essence: string): OtherReading {
  const { formats } = request
  const isMarkdown = essence === 'text/markdown'
  return {
    title: isMarkdown ? (/^# +(\S[^\n\r]*)/m.exec(text)?.[1]?.trim() ?? null) : null,
    description: null,
    language: null,
    wordCount: wordCount(text),
    links: isMarkdown ? markdownLinks(text, request.url) : [],
    directives: { nofollow: false, noindex: false },
    ...(formats.has('markdown') && { markdown: markdownOfOther(text, essence) }),
    ...(formats.has('text') && { text: text.trim() }),
    ...(formats.has('images') && { images: [] }),
    ...(formats.has('metadata') && { metadata: {} }),
    warnings: [],
  }
}
