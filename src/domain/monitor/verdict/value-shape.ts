import type { MaskShape } from '../rules.ts'

const DATE =
  /\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}:\d{2}|\d{1,2}\.?\s+\p{L}{3,9}\.?\s+\d{4}|\p{L}{3,9}\s+\d{1,2},\s+\d{4}/u
const HASH = /\b(?:[0-9a-f]{8,}|(?=\w*\d)(?=\w*[A-Za-z])\w{12,})\b/i
const NUMBER = /\d/
/** A block that is longer than this says more than its value. */
const MOST_WORDS = 8

/** What a block's value looks like; undefined for prose. */
export function shapeOf(text: string): MaskShape | undefined {
  if (text.split(' ').length > MOST_WORDS) return undefined
  if (DATE.test(text)) return 'date'
  if (HASH.test(text)) return 'hash'
  return NUMBER.test(text) ? 'number' : undefined
}
