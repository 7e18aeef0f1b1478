export const SLASH = 0x2f
export const GREATER_THAN = 0x3e
export const EQUALS_SIGN = 0x3d
export const EXCLAMATION_MARK = 0x21
export const QUESTION_MARK = 0x3f
export const QUOTATION_MARK = 0x22
export const APOSTROPHE = 0x27

/** Tab, line feed, form feed, carriage return, space: what the HTML standard parts names by. */
export function isSpace(code: number): boolean {
  return code === 0x20 || (code <= 0x0d && (code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c))
}

export function isLetter(code: number): boolean {
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a
}

/** Where the name that begins at `from` ends: before space, `/` or `>`, or with the text. */
export function nameEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === GREATER_THAN || code === SLASH || isSpace(code)) return at
  }
  return text.length
}
