const ISO = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?/i
const YEAR_FIRST = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})/
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH_FIRST =
  /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/i
const DAY_FIRST =
  /\b(\d{1,2})(?:st|nd|rd|th)?\.?\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(\d{4})/i

/**
 * A date as documents write it, in ISO 8601: the day alone where no time is given, the zone kept as given. undefined for
 * what is no certain date, `3/4/2024` among them.
 */
export function isoDate(text: string | undefined): string | undefined {
  const given = text?.trim() ?? ''
  const iso = ISO.exec(given)
  if (iso) return fromIso(iso)
  const year = YEAR_FIRST.exec(given)
  if (year) return day(year[1], year[2], year[3])
  const month = MONTH_FIRST.exec(given)
  if (month) return day(month[3], monthNumber(month[1]), month[2])
  const dayFirst = DAY_FIRST.exec(given)
  return dayFirst ? day(dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1]) : undefined
}

function monthNumber(name: string | undefined): string {
  return String(MONTHS.indexOf(name?.toLowerCase() ?? '') + 1)
}

function fromIso([, year, month, dayOfMonth, hour, minute, second, zone]: RegExpExecArray): string | undefined {
  const date = day(year, month, dayOfMonth)
  if (date === undefined || hour === undefined || minute === undefined) return date
  if (Number(hour) > 24 || Number(minute) > 59) return date
  const offset =
    zone === undefined ? '' : /z/i.test(zone) ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
  return `${date}T${hour}:${minute}:${second ?? '00'}${offset}`
}

function day(year = '', month = '', dayOfMonth = ''): string | undefined {
  const plausible = Number(year) >= 1900 && Number(year) <= 2100 && Number(month) >= 1 && Number(month) <= 12
  if (!plausible || Number(dayOfMonth) < 1 || Number(dayOfMonth) > 31) return undefined
  return `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`
}
