import { hasType, jsonLdNodes } from '../../page/metadata/json-ld.ts'
import { PLAINLY_CONTENT_WORDS } from '../empty-shell.ts'
import { type IslandKind, dataIslands } from './data-island.ts'
import { escaped } from './escaped.ts'
import { islandText } from './island-text.ts'
import { type Subject, subjectOf } from './subject.ts'

/** The content of a page whose source has it as data only. */
export interface IslandContent {
  kind: IslandKind
  html: string
  words: number
}

/**
 * What a page would show, from the data that it carries for its scripts: the object that bears the page's own title, or
 * the only article of its JSON-LD. Undefined where there is none, or where it says little.
 */
export function islandContent(source: string): IslandContent | undefined {
  const { titles, islands, jsonLd } = dataIslands(source)
  let best: IslandContent | undefined
  for (const { kind, value } of islands) {
    const content = contentOf(kind, subjectOf(value, titles))
    if (content && (!best || content.words > best.words)) best = content
  }
  return best ?? contentOf('json_ld', articleOf(jsonLd))
}

/** The page's source with the content where its scripts would put it. */
export function withContent(source: string, { html }: IslandContent): string {
  const article = `<article>${html}</article>`
  const body = /<body\b[^>]*>/i.exec(source)
  if (!body) return article + source
  const at = body.index + body[0].length
  return source.slice(0, at) + article + source.slice(at)
}

function contentOf(kind: IslandKind, subject: Subject | undefined): IslandContent | undefined {
  if (!subject || subject.words <= PLAINLY_CONTENT_WORDS) return undefined
  return { kind, html: `<h1>${escaped(subject.title)}</h1>${subject.html}`, words: subject.words }
}

function articleOf(jsonLd: readonly string[]): Subject | undefined {
  const nodes = jsonLdNodes(jsonLd).filter(
    (node) => hasType(node, /Article$|^BlogPosting$/) && node['articleBody'] !== undefined,
  )
  const [node, ...others] = nodes
  const body = others.length === 0 ? islandText(node?.['articleBody']) : undefined
  const title = node?.['headline'] ?? node?.['name']
  return body && { title: typeof title === 'string' ? title : '', html: body.html, words: body.words }
}
