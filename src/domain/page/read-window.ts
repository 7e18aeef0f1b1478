import { mainContent } from './content/main-content.ts'
import { chosenParts } from './content/chosen-parts.ts'
import { pageContext } from './content/page-context.ts'
import type { PageContext } from './content/page-features.ts'
import type { Selection } from './content/selection.ts'
import { wholeBody } from './content/whole-body.ts'
import { isHidden } from './content/hidden.ts'
import { FieldsAllowance, readFields } from './fields/read-fields.ts'
import { writeHtml } from './html.ts'
import { findImages } from './images.ts'
import { findLeads, refreshWarnings } from './links/leads.ts'
import { findLinks } from './links/links.ts'
import { Resolver } from './links/resolve.ts'
import { writeMarkdown } from './markdown/markdown.ts'
import { findHoldingBlocks } from './markdown/writing.ts'
import { type DocumentFacts, documentFacts } from './metadata/metadata.ts'
import { metadataOf } from './metadata/metadata-format.ts'
import type { PageFormat, PageReading, PageRequest, PageWarning } from './page.ts'
import type { Survey } from './survey.ts'
import { writeText } from './text.ts'
import { TablesAllowance, readTables } from './tables/read-tables.ts'
import { type ParentNode, Element } from './tree/nodes.ts'
import type { HtmlTree } from './tree/parse-html.ts'
import { wordCount } from './word-count.ts'

export type HtmlReading = Omit<PageReading, 'charset'>

/** What a document says of itself in its first window, and what all windows may take together. */
export interface WholePage {
  request: PageRequest
  resolver: Resolver
  facts: DocumentFacts
  context: PageContext
  tables: TablesAllowance
  fields: FieldsAllowance
}

export function wholePage(request: PageRequest, seen: Survey, isLaidOut: boolean): WholePage {
  const resolver = new Resolver(request.url, seen.baseHref)
  const facts = documentFacts(seen, resolver, { isLaidOut, now: request.now })
  return {
    request,
    resolver,
    facts,
    context: pageContext(request.url, seen, facts),
    tables: new TablesAllowance(),
    fields: new FieldsAllowance(),
  }
}

/** What writers need to know beside the selection. */
interface Laid {
  resolver: Resolver
  holdingBlocks: ReadonlySet<Element>
}

export function readWindow(page: WholePage, { root, truncated }: HtmlTree, seen: Survey): HtmlReading {
  const { request, resolver, facts } = page
  const { jsonLd: _jsonLd, modifiedAt: _modifiedAt, ...stated } = facts
  const chosen = chosenParts(root, request.includeSelectors, request.excludeSelectors)
  const holdingBlocks = findHoldingBlocks(root)
  const content = request.onlyMainContent
    ? mainContent(chosen.root, holdingBlocks, page.context)
    : wholeBody(chosen.root)
  const selection = without(content, chosen.excluded)
  const structured = structuredParts(page, root, { root: chosen.root, drops: shownBut(chosen.excluded) })
  return {
    ...stated,
    links: findLinks(seen.linked, resolver),
    leads: findLeads(seen, resolver),
    ...written(request.formats, selection, { resolver, holdingBlocks }),
    ...(request.formats.has('images') && { images: findImages(seen.images, resolver) }),
    ...(request.formats.has('metadata') && { metadata: metadataOf(root, { seen, facts, resolver }) }),
    ...structured.formats,
    warnings: [
      ...(truncated ? [TRUNCATED] : []),
      ...refreshWarnings(seen, resolver),
      ...chosen.warnings,
      ...content.warnings,
      ...structured.warnings,
      ...(resolver.exhausted ? [TOO_MANY_ADDRESSES] : []),
    ],
  }
}

/** Values and tables are those of the whole page, whatever its main content is. */
function structuredParts({ request, resolver, facts, ...left }: WholePage, root: ParentNode, shown: Selection) {
  const { formats, fields } = request
  const fieldPage = { root, resolver, language: facts.language, isXml: false }
  const read = formats.has('fields') && fields ? readFields(fields, fieldPage, left.fields) : undefined
  const found = formats.has('tables') ? readTables(shown, left.tables) : undefined
  return {
    formats: { ...(read && { fields: read.fields }), ...(found && { tables: found.tables }) },
    warnings: [...(read?.warnings ?? []), ...(found?.warnings ?? [])],
  }
}

function shownBut(excluded: ReadonlySet<unknown>): Selection['drops'] {
  return (node) => excluded.has(node) || (node instanceof Element && isHidden(node))
}

const TRUNCATED: PageWarning = {
  code: 'too_many_nodes',
  detail: 'The document has more nodes than are read; its end is missing.',
}

const TOO_MANY_ADDRESSES: PageWarning = {
  code: 'too_many_addresses',
  detail: 'The addresses of the document are longer than is read, all together; the last ones are missing.',
}

function without(selection: Selection, excluded: ReadonlySet<unknown>): Selection {
  if (excluded.size === 0) return selection
  return { root: selection.root, drops: (node) => excluded.has(node) || selection.drops(node) }
}

function written(formats: ReadonlySet<PageFormat>, { root, drops }: Selection, { resolver, holdingBlocks }: Laid) {
  const text = writeText(root, drops)
  return {
    wordCount: wordCount(text),
    ...(formats.has('text') && { text }),
    ...(formats.has('markdown') && { markdown: writeMarkdown({ root, drops }, resolver, holdingBlocks) }),
    ...(formats.has('html') && { html: writeHtml(root, resolver, drops) }),
  }
}
