import { Element } from './tree/nodes.ts'
import { mainContent } from './content/main-content.ts'
import { chosenParts } from './content/chosen-parts.ts'
import { pageContext } from './content/page-context.ts'
import type { Selection } from './content/selection.ts'
import { wholeBody } from './content/whole-body.ts'
import { isHidden } from './content/hidden.ts'
import { type FieldPage, readFields } from './fields/read-fields.ts'
import { writeHtml } from './html.ts'
import { findImages } from './images.ts'
import { findLeads, refreshWarnings } from './links/leads.ts'
import { findLinks } from './links/links.ts'
import { Resolver } from './links/resolve.ts'
import { writeMarkdown } from './markdown/markdown.ts'
import { findHoldingBlocks } from './markdown/writing.ts'
import { documentFacts } from './metadata/metadata.ts'
import { metadataOf } from './metadata/metadata-format.ts'
import type { PageFormat, PageReading, PageRequest, PageWarning } from './page.ts'
import { survey } from './survey.ts'
import { writeText } from './text.ts'
import { readTables } from './tables/read-tables.ts'
import { parseHtml } from './tree/parse-html.ts'
import { wordCount } from './word-count.ts'

/** What writers need to know beside the selection. */
interface Laid {
  resolver: Resolver
  holdingBlocks: ReadonlySet<Element>
}

type HtmlReading = Omit<PageReading, 'charset'>

/** One parse, one survey of the whole tree, one decision about the content; then only what was asked for is written. */
export function readHtml(request: PageRequest, source: string | readonly string[]): HtmlReading {
  const { root, truncated } = parseHtml(source)
  const seen = survey(root)
  const resolver = new Resolver(request.url, seen.baseHref)
  const facts = documentFacts(seen, resolver)
  const { jsonLd: _jsonLd, modifiedAt: _modifiedAt, ...stated } = facts
  const chosen = chosenParts(root, request.includeSelectors, request.excludeSelectors)
  const holdingBlocks = findHoldingBlocks(root)
  const content = request.onlyMainContent
    ? mainContent(chosen.root, holdingBlocks, pageContext(request.url, seen, facts))
    : wholeBody(chosen.root)
  const selection = without(content, chosen.excluded)
  const structured = structuredParts(
    request,
    { root: chosen.root, drops: shownBut(chosen.excluded) },
    {
      root,
      resolver,
      language: stated.language,
      isXml: false,
    },
  )
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
function structuredParts({ formats, fields }: PageRequest, shown: Selection, page: FieldPage) {
  const read = formats.has('fields') && fields ? readFields(fields, page) : undefined
  const found = formats.has('tables') ? readTables(shown) : undefined
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
