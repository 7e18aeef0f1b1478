import { createHash } from 'node:crypto'

/**
 * Bytes of UTF-8. 255 is what file systems take, 143 what encrypted ones do; the rest is for the mark, the extension
 * and the folders above.
 */
const MAX_STEM_BYTES = 120
const MARK_CHARACTERS = 10

/** Nearly every page is one, and says nothing by it. */
const PAGE_EXTENSION = /(.)\.(?:x?html?)$/i

/** Names that Windows keeps for devices, with whatever extension. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i

/** The readable part of a page's file name: `/docs/intro?page=2` is `docs--intro-page-2`, `/` is `index`. */
export function fileStem(url: string): string {
  const { pathname, search } = new URL(url)
  const folders = pathname.split('/').filter((segment) => segment !== '')
  const words = folders.map((segment) => plain(decoded(segment))).filter((segment) => segment !== '')
  const query = plain(decoded(search))
  const path = words.join('--').replace(PAGE_EXTENSION, '$1')
  const stem = [path, query].filter((part) => part !== '').join('-')
  return shortened(speakable(stem === '' ? 'index' : stem), url)
}

/** Tells pages apart whose readable parts are the same; the same for the same URL, whatever else a crawl holds. */
export function urlMark(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, MARK_CHARACTERS)
}

export function marked(stem: string, mark: string): string {
  return `${stem}~${mark}`
}

/** Two names are one file where case or the form of accents does not count: macOS, Windows. */
export function folded(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC')
}

/** A host as a folder: `127.0.0.1:8080` is `127.0.0.1_8080`. */
export function hostFolder(url: string): string {
  return speakable(new URL(url).host.replace(/[^\p{L}\p{N}.-]+/gu, '_'))
}

/** Letters with their accents and vowel signs, digits, and what no file system or shell makes anything of. */
function plain(text: string): string {
  const words = text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
  // A dot in front hides a file; Windows drops dots at the end.
  return words.replace(/^[-.]+|[-.]+$/g, '')
}

function speakable(stem: string): string {
  return RESERVED.test(stem) ? `_${stem}` : stem
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function shortened(stem: string, url: string): string {
  if (Buffer.byteLength(stem) <= MAX_STEM_BYTES) return stem
  let short = ''
  let bytes = 0
  for (const { segment } of new Intl.Segmenter().segment(stem)) {
    bytes += Buffer.byteLength(segment)
    if (bytes > MAX_STEM_BYTES) break
    short += segment
  }
  // What was cut off may be all that sets two pages apart.
  return marked(short.replace(/[-.]+$/, ''), urlMark(url))
}
