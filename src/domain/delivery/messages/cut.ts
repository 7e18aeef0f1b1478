const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** At most that many UTF-16 units, as most services count; an ellipsis says that there was more. */
export function cut(text: string, limit: number): string {
  return cutWithin(text, limit, (each) => each.length)
}

/** The same in bytes of UTF-8. */
export function cutBytes(text: string, limit: number): string {
  return cutWithin(text, limit, (each) => new TextEncoder().encode(each).length)
}

const ELLIPSIS = '…'

/** Never through the middle of what a reader sees as one character. */
function cutWithin(text: string, limit: number, sizeOf: (text: string) => number): string {
  if (sizeOf(text) <= limit) return text
  let kept = ''
  let left = limit - sizeOf(ELLIPSIS)
  for (const { segment } of graphemes.segment(text)) {
    left -= sizeOf(segment)
    if (left < 0) break
    kept += segment
  }
  return `${kept.trimEnd()}${ELLIPSIS}`
}
