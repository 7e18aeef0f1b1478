import { WEEKDAYS, type Weekday } from './schedule.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** What clocks on the wall of a timezone show. */
export interface WallClock {
  /** Days since 1970-01-01 of the local calendar. */
  day: number
  /** Minutes since local midnight. */
  minute: number
}

/** Making a formatter takes far longer than using it. Timezones are few; what people type wrong is never kept. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formatters.set(timezone, made)
  return made
}

/** Whether the runtime knows a timezone by this IANA name. Offsets such as `+02:00` have no summer, and are refused. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    formatterOf(name)
    return true
  } catch {
    return false
  }
}

/** Throws RangeError for a timezone that is none. */
export function wallClockAt(at: number, timezone: string): WallClock {
  const parts = new Map(
    formatterOf(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const day = Date.UTC(part('year'), part('month') - 1, part('day')) / (DAY_MINUTES * MINUTE_MS)
  return { day, minute: part('hour') * 60 + part('minute') }
}

/**
 * The first moment at which clocks on the wall show this or, where they skip it (summer time begins), something later.
 * Where they show it twice (summer time ends), the first time.
 */
export function momentOf({ day, minute }: WallClock, timezone: string): number {
  const wanted = (day * DAY_MINUTES + minute) * MINUTE_MS
  const offsets = [wanted - DAY_MINUTES * MINUTE_MS, wanted, wanted + DAY_MINUTES * MINUTE_MS].map((at) =>
    offsetAt(at, timezone),
  )
  const candidates = offsets.map((offset) => wanted - offset)
  const exact = candidates.filter((at) => at + offsetAt(at, timezone) === wanted)
  // In a gap no candidate is exact: the clock's reading before it, carried on, is as far behind the gap as it was into it.
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates)
}

/** By how much the wall clock is ahead of UTC. */
function offsetAt(at: number, timezone: string): number {
  const { day, minute } = wallClockAt(at, timezone)
  return (day * DAY_MINUTES + minute) * MINUTE_MS - Math.floor(at / MINUTE_MS) * MINUTE_MS
}

/** 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): Weekday {
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? 'mon'
}
