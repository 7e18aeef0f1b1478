import { isMonthFirst, monthNumber } from './month-names.ts'

/** A day that a text tells, as YYYY-MM-DD, and where in the text it stands. */
export interface WrittenDate {
  day: string
  from: number
  to: number
}

const YEAR = String.raw`((?:19|20)\d\d)(?!\d)`
const WORD = String.raw`([\p{L}\p{M}][\p{L}\p{M}.]{2,14})`
const DAY = String.raw`(?<!\d)(\d{1,2})(?:\s?(?:st|nd|rd|th|er|º|ª|°)|\.)?`
/** One pattern a line; the groups of each follow those of the one before. */
const PATTERNS = [
  String.raw`(?<!\d)${YEAR}(?:[-/.]|\s?[年년])\s?(\d{1,2})(?:[-/.]|\s?[月월])\s?(\d{1,2})(?!\d)`,
  String.raw`${DAY}[\s\-–]{0,3}(?:de |of )?${WORD}[\s,.\-–]{1,3}(?:de |del |of )?${YEAR}`,
  String.raw`(?<!\p{L})${WORD}\s{1,3}(\d{1,2})(?:\s?(?:st|nd|rd|th))?[,.]?\s{1,3}${YEAR}`,
  String.raw`(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\5\s?${YEAR}`,
]
const WRITTEN = new RegExp(
  PATTERNS.map((pattern, at) => (at === 3 ? pattern.replace(String.raw`\5`, String.raw`\11`) : pattern)).join('|'),
  'giu',
)
const HAS_YEAR = /(?:19|20)\d\d/

/**
 * The days that a text tells in the words of its language or of English. `3/4/2024` is one where the language says which
 * number is the month; plain English, which is written on both sides of the Atlantic, doesn't.
 */
export function writtenDates(text: string, language: string | null): WrittenDate[] {
  if (!HAS_YEAR.test(text)) return []
  return [...text.matchAll(WRITTEN)].flatMap((match) => {
    const day = dayOf(match, language)
    return day === undefined ? [] : [{ day, from: match.index, to: match.index + match[0].length }]
  })
}

function dayOf(match: RegExpExecArray, language: string | null): string | undefined {
  const [, y1, m1, d1, d2, w2, y2, w3, d3, y3, first = '', separator = '', second = '', y4] = match
  if (y1 !== undefined) return plausibleDay(y1, Number(m1), Number(d1))
  if (y2 !== undefined) return plausibleDay(y2, monthNumber(w2 ?? '', language), Number(d2))
  if (y3 !== undefined) return plausibleDay(y3, monthNumber(w3 ?? '', language), Number(d3))
  const monthFirst = isFirstTheMonth(Number(first), Number(second), separator, language)
  if (monthFirst === undefined) return undefined
  return monthFirst
    ? plausibleDay(y4 ?? '', Number(first), Number(second))
    : plausibleDay(y4 ?? '', Number(second), Number(first))
}

/** undefined: nobody can tell. */
function isFirstTheMonth(
  first: number,
  second: number,
  separator: string,
  language: string | null,
): boolean | undefined {
  if (first > 12 || second > 12) return second > 12
  if (separator === '.' || first === second) return false
  return language === null || language === 'en' ? undefined : isMonthFirst(language)
}

/** YYYY-MM-DD, if there is such a day. */
export function plausibleDay(year: string, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(Number(year), month - 1, day))
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists && Number(year) >= 1900 && Number(year) <= 2100 ? date.toISOString().slice(0, 10) : undefined
}
