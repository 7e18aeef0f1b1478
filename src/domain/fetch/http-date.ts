const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const TIME = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})'
/** RFC 9110 §5.6.7: IMF-fixdate, RFC 850 and asctime. */
const FORMS = [
  new RegExp(`^[a-z]{3}, (?<day>\\d{1,2}) (?<month>[a-z]{3}) (?<year>\\d{4}) ${TIME} (?:GMT|UTC)$`, 'i'),
  new RegExp(`^[a-z]{6,9}, (?<day>\\d{1,2})-(?<month>[a-z]{3})-(?<year>\\d{2}) ${TIME} GMT$`, 'i'),
  new RegExp(`^[a-z]{3} (?<month>[a-z]{3}) {1,2}(?<day>\\d{1,2}) ${TIME} (?<year>\\d{4})$`, 'i'),
]

/** Milliseconds since 1970; undefined for what is no HTTP-date. `nowMs` decides the century of two-digit years. */
export function parseHttpDate(text: string, nowMs: number): number | undefined {
  for (const form of FORMS) {
    const fields = form.exec(text)?.groups
    if (fields) return timeOf(fields, nowMs)
  }
  return undefined
}

function timeOf(fields: Readonly<Record<string, string | undefined>>, nowMs: number): number | undefined {
  const month = MONTHS.indexOf(fields['month']?.toLowerCase() ?? '')
  const [day, hour, minute, second] = ['day', 'hour', 'minute', 'second'].map((name) => Number(fields[name]))
  if (month === -1 || day === undefined || hour === undefined || minute === undefined || second === undefined)
    return undefined
  // A second of 60 is a leap second.
  if (day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined
  return Date.UTC(fullYear(fields['year'] ?? '', nowMs), month, day, hour, minute, second)
}

/** Two digits that would lie more than 50 years ahead mean the past (RFC 9110 §5.6.7). */
function fullYear(written: string, nowMs: number): number {
  const year = Number(written)
  if (written.length > 2) return year
  const thisYear = new Date(nowMs).getUTCFullYear()
  const sameCentury = thisYear - (thisYear % 100) + year
  return sameCentury > thisYear + 50 ? sameCentury - 100 : sameCentury
}
