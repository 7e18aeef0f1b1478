/** Endings of files that hold no text a crawl could read. PDF and office documents are not among them: their text can be had. */
const BINARY_ENDINGS = new Set(
  (
    'jpg jpeg png gif webp avif bmp ico tif tiff svg css js mjs map woff woff2 ttf otf eot mp3 mp4 m4a m4v webm ogg oga ogv ' +
    'wav flac avi mov mkv wmv zip gz tgz bz2 xz zst 7z rar tar dmg iso exe msi deb rpm apk jar war bin wasm'
  ).split(' '),
)

/** Whether a URL's path says that fetching it would only end at its media type. A query makes it anybody's guess. */
export function isPlainlyBinary(url: string): boolean {
  if (url.includes('?')) return false
  const slash = url.lastIndexOf('/')
  const dot = url.lastIndexOf('.')
  if (dot < slash || slash < 8) return false
  return BINARY_ENDINGS.has(url.slice(dot + 1).toLowerCase())
}
