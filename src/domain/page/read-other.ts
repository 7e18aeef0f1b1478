import { markdownOfOther } from './other-bodies.ts'
import type { PageReading, PageRequest } from './page.ts'
import { wordCount } from './word-count.ts'

/** A document that is no HTML: its text as it stands, without links (those of prose can't be told from examples). */
export function readOther(request: PageRequest, text: string, essence: string): Omit<PageReading, 'charset'> {
  const { formats } = request
  return {
    title: null,
    description: null,
    language: null,
    wordCount: wordCount(text),
    links: [],
    directives: { nofollow: false, noindex: false },
    ...(formats.has('markdown') && { markdown: markdownOfOther(text, essence) }),
    ...(formats.has('text') && { text: text.trim() }),
    ...(formats.has('images') && { images: [] }),
    ...(formats.has('metadata') && { metadata: {} }),
    warnings: [],
  }
}
