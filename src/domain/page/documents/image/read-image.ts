import { wordCount } from '../../word-count.ts'
import type { PageReading, PageRequest } from '../../page.ts'
import type { ImageFacts } from './image-facts.ts'

/** An image as a document: itself, and what its file says of it. */
export function readImage({ url, formats }: PageRequest, { exif, ...facts }: ImageFacts): PageReading {
  const { description = '', artist, ...others } = exif
  const alt = description.replace(/\s+/g, ' ')
  return {
    title: null,
    description: description === '' ? null : description,
    language: null,
    ...(artist !== undefined && { author: artist }),
    wordCount: wordCount(description),
    charset: 'binary',
    links: [],
    directives: { nofollow: false, noindex: false },
    ...(formats.has('markdown') && {
      markdown: `![${alt.replace(/[[\]\\]/g, '\\$&')}](<${url.replace(/[<>]/g, encodeURIComponent)}>)\n`,
    }),
    ...(formats.has('text') && { text: description }),
    ...(formats.has('images') && { images: [{ url, alt }] }),
    ...(formats.has('metadata') && { metadata: { image: { ...facts, ...others } } }),
    ...(formats.has('tables') && { tables: [] }),
    warnings: facts.width === 0 || facts.height === 0 ? [DAMAGED] : [],
  }
}

const DAMAGED = { code: 'document_damaged', detail: "The image's size can't be read." }
