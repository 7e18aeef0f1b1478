const MONTHS: readonly RegExp[] = [
  /^(?:jan|ene|янв)/i,
  /^(?:feb|fév|fev|фев)/i,
  /^(?:mar|mär|mrz|мар)/i,
  /^(?:apr|avr|abr|апр)/i,
  /^(?:may|mai|мая|май)/i,
  /^(?:jun|juin|июн)/i,
  /^(?:jul|juil|июл)/i,
  /^(?:aug|aoû|aou|ago|авг)/i,
  /^(?:sep|set|сен)/i,
  /^(?:oct|okt|out|окт)/i,
  /^(?:nov|ноя)/i,
  /^(?:dec|dez|déc|dic|дек)/i,
]

const ISO = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/
const NUMERIC = /(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)/
const DAY_FIRST = /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(\p{L}{3,12})\.?,?\s+(?:de\s+)?(\d{4})/u
const MONTH_FIRST = /(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/u

/** The first date of a text as YYYY-MM-DD; null where there is none. 03/04/2026 is March in the United States alone. */
export function readDate(text: string, locale = ''): string | null {
  const iso = ISO.exec(text)
  if (iso) return whole(iso[1], iso[2], iso[3])
  const named = DAY_FIRST.exec(text)
  if (named) return whole(named[3], monthNumber(named[2]), named[1])
  const english = MONTH_FIRST.exec(text)
  if (english) return whole(english[3], monthNumber(english[1]), english[2])
  const [, first, second, year] = NUMERIC.exec(text) ?? []
  if (first === undefined || year === undefined) return null
  const full = year.length === 2 ? `20${year}` : year
  const isMonthFirst = locale.toLowerCase() === 'en-us' && Number(first) <= 12
  return isMonthFirst || Number(second) > 12 ? whole(full, first, second) : whole(full, second, first)
}

function monthNumber(name: string | undefined): string {
  return String(MONTHS.findIndex((month) => month.test(name ?? '')) + 1)
}

function whole(year = '', month = '', day = ''): string | null {
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return null
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
