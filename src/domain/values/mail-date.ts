const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const DATE_TIME = /\b(\d{1,2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? ?(UTC?|GMT|Z|[+-]\d{4})/i

/** A date as e-mail and RSS write it (RFC 5322 §3.3), in RFC 3339 with its zone kept; undefined for anything else. */
export function readMailDate(text: string): string | undefined {
  const [, day = '', month = '', year, hour = '', minute = '', second = '00', zone = ''] = DATE_TIME.exec(text) ?? []
  const at = MONTHS.indexOf(month.toLowerCase())
  if (at === -1 || Number(day) > 31 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : 'Z'
  const date = `${year}-${String(at + 1).padStart(2, '0')}-${day.padStart(2, '0')}`
  return `${date}T${hour}:${minute}:${second}${offset}`
}
