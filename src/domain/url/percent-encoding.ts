const ESCAPE = /%[0-9a-f]{2}/gi
const STRAY_PERCENT = /%(?![0-9a-f]{2})/i
const UNRESERVED = /[A-Za-z0-9\-._~]/

/**
 * Escapes in upper case, and none where none is needed (RFC 3986 §6.2.2.1 and §6.2.2.2).
 *
 * Text with a stray `%` comes back as it is: decoding beside it could form an escape that nobody wrote (`%%341`).
 */
export function normalisePercentEncoding(text: string): string {
  if (!text.includes('%') || STRAY_PERCENT.test(text)) return text
  return text.replace(ESCAPE, normalisedEscape)
}

function normalisedEscape(escape: string): string {
  const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16))
  return UNRESERVED.test(character) ? character : escape.toUpperCase()
}
