import { isJson, isXml } from '../fetch/media-type.ts'
import { readDelimited, tableAsHtml } from './documents/delimited.ts'
import { type Feed, feedAsHtml } from './documents/feed.ts'
import { readXmlFeed } from './documents/feed-xml.ts'
import { readJsonFeed } from './documents/json-feed.ts'
import { markdownLinks } from './documents/markdown-links.ts'
import { parseXml } from './documents/xml-document.ts'
import { emptyFields } from './fields/empty-fields.ts'
import type { FieldRules } from './fields/field-rules.ts'
import { type FieldsReading, readFields } from './fields/read-fields.ts'
import { Resolver } from './links/resolve.ts'
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
  const reading = readContent(request, text, essence)
  if (!request.fields || !request.formats.has('fields') || !isXml(essence)) return reading
  const { fields, warnings } = xmlFields(request.fields, text, request.url)
  return { ...reading, fields, warnings: [...reading.warnings, ...warnings] }
}

/** Fields of XML are looked for by its own names, also where it is a feed that was laid out as a page. */
function xmlFields(rules: FieldRules, text: string, url: string): FieldsReading {
  const { root, truncated } = parseXml(text)
  const read = readFields(rules, { root, resolver: new Resolver(url), language: null, isXml: true })
  return truncated ? { ...read, warnings: [...read.warnings, TOO_MANY_NODES] } : read
}

const TOO_MANY_NODES: PageWarning = {
  code: 'too_many_nodes',
  detail: 'The document has more nodes than are read; its end is missing.',
}

function readContent(request: PageRequest, text: string, essence: string): OtherReading {
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
  const { formats, fields = {} } = request
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
    ...(formats.has('tables') && { tables: [] }),
    ...(formats.has('fields') && { fields: emptyFields(fields) }),
    warnings: [],
  }
}
