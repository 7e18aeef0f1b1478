/** Codings that exist (IANA HTTP content codings) and that the runtime does not undo, whatever was offered. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'aes128gcm',
  'compress',
  'dcb',
  'dcz',
  'deflate',
  'exi',
  'pack200-gzip',
  'zstd',
])
const CODED: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'br', ...UNREADABLE])

/**
 * The coding that makes a body unreadable here: one that nobody undoes, or several on top of each other. What is no coding
 * at all (`utf-8`, `none`) is ignored, as browsers do.
 */
export function unreadableCoding(contentEncoding: string | null): string | undefined {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter((each) => CODED.has(each))
  if (codings.length > 1) return codings.join(', ')
  return codings.find((each) => UNREADABLE.has(each))
}
