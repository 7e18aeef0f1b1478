import type { PageWarning } from '../../page.ts'
import type { LaidOut } from '../laid-out.ts'
import { PackageParts } from '../office/package-parts.ts'
import { propertiesIn } from '../office/properties.ts'
import { everywhere } from '../office/xml-reading.ts'
import type { XmlElement } from '../office/xml-tree.ts'
import { OpenedZip } from '../zip/opened-zip.ts'
import { chapterHtml } from './chapter-html.ts'

/** Of all chapters as they are written, in characters: three long novels. */
const MOST_CHARACTERS = 4_000_000
const MOST_CHAPTERS = 2_000

/** The chapters of a book in reading order (EPUB 3.3 §5.7). Any archive gives a page; what is missing of it is told in a warning. */
export function layOutEpub(body: Uint8Array): LaidOut {
  const zip = new OpenedZip(body)
  if (zip.encrypted) return { properties: {}, html: '', warnings: [ENCRYPTED] }
  const parts = new PackageParts(zip)
  const path = packagePath(parts)
  const book = parts.root(path)
  const locked = lockedParts(parts)
  const chapters = chapterPaths(book, path)
  const { html, isCut } = written(
    zip,
    chapters.filter((chapter) => !locked.has(chapter)),
  )
  const warnings: PageWarning[] = [...parts.warnings, ...(isCut ? [TOO_LONG] : [])]
  if (chapters.some((chapter) => locked.has(chapter))) warnings.push(ENCRYPTED)
  else if (html === '') warnings.push(NO_TEXT)
  return { properties: propertiesIn(everywhere(book, 'metadata')[0]), html, warnings }
}

/** Where the container says the book is described (Open Container Format §4.2.6.3.1). */
function packagePath(parts: PackageParts): string {
  const [file] = everywhere(parts.root('META-INF/container.xml'), 'rootfile')
  return file?.attributes['full-path'] ?? 'content.opf'
}

function chapterPaths(book: XmlElement | undefined, path: string): string[] {
  const items = everywhere(everywhere(book, 'manifest')[0], 'item').map(({ attributes }) => attributes)
  const hrefs = new Map(items.map(({ id = '', href = '' }) => [id, href]))
  const spine = everywhere(everywhere(book, 'spine')[0], 'itemref').filter(
    ({ attributes }) => attributes['linear'] !== 'no',
  )
  return spine.flatMap(({ attributes }) => partPath(hrefs.get(attributes['idref'] ?? ''), `zip:/${path}`) ?? [])
}

/** Parts that a reading system's key opens; obfuscated fonts are among them (§4.2.6.3.2). */
function lockedParts(parts: PackageParts): ReadonlySet<string> {
  const references = everywhere(parts.root('META-INF/encryption.xml'), 'CipherReference')
  return new Set(references.flatMap(({ attributes }) => partPath(attributes['URI'], 'zip:/') ?? []))
}

function partPath(href: string | undefined, base: string): string | undefined {
  const url = href === undefined ? null : URL.parse(href, base)
  if (url?.protocol !== 'zip:') return undefined
  try {
    return decodeURIComponent(url.pathname.slice(1))
  } catch {
    return undefined
  }
}

function written(zip: OpenedZip, chapters: readonly string[]): { html: string; isCut: boolean } {
  const bodies: string[] = []
  let left = MOST_CHARACTERS
  for (const [index, chapter] of chapters.entries()) {
    if (left <= 0 || index >= MOST_CHAPTERS) return { html: bodies.join('\n'), isCut: true }
    const source = (zip.text(chapter) ?? '').slice(0, left)
    left -= source.length
    bodies.push(chapterHtml(source))
  }
  return { html: bodies.join('\n').trim(), isCut: zip.truncated || left <= 0 }
}

const ENCRYPTED = { code: 'encrypted', detail: 'The book, or a part of it, is protected and was not read.' }
const NO_TEXT = { code: 'no_text', detail: 'The book holds no text that can be read.' }
const TOO_LONG = {
  code: 'document_truncated',
  detail: 'The book is longer than is read, or damaged; its end is missing.',
}
