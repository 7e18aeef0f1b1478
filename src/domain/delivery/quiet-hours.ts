/** Hours in which people are left alone; what happens then is sent when they are over. */
export interface QuietHours {
  /** As in "22:00"; `to` before `from` is on the next day. */
  from: string
  to: string
  timezone: string
  /** On which they begin; without it, every day. */
  days?: readonly Weekday[] | undefined
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

const WEEKDAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** When the quiet hours end that it is in now, in epoch milliseconds; undefined outside of them. */
export function quietUntil(quiet: QuietHours, nowMs: number): number | undefined {
  if (!isQuiet(quiet, nowMs)) return undefined
  const minute = localTime(quiet.timezone, nowMs).minute
  const usual = nowMs - (nowMs % MINUTE_MS) + ((minutesOf(quiet.to) - minute + DAY_MINUTES) % DAY_MINUTES) * MINUTE_MS
  // Where clocks are changed meanwhile, the wall shows another time then: by as much as they were changed.
  const shown = localTime(quiet.timezone, usual).minute
  const drift = ((shown - minutesOf(quiet.to) + DAY_MINUTES * 1.5) % DAY_MINUTES) - DAY_MINUTES / 2
  return usual - drift * MINUTE_MS
}

function isQuiet({ from, to, timezone, days }: QuietHours, nowMs: number): boolean {
  const { minute, weekday } = localTime(timezone, nowMs)
  const [start, end] = [minutesOf(from), minutesOf(to)]
  const begins = (day: number) => days === undefined || days.some((name) => name === WEEKDAYS[(day + 7) % 7])
  if (start < end) return minute >= start && minute < end && begins(weekday)
  return (minute >= start && begins(weekday)) || (minute < end && begins(weekday - 1))
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** What the clock on the wall shows there: minutes since midnight, and the day of the week from Sunday. */
function localTime(timezone: string, atMs: number): { minute: number; weekday: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(atMs)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  const weekday = WEEKDAYS.findIndex((name) => name === part('weekday').slice(0, 3).toLowerCase())
  return { minute: Number(part('hour')) * 60 + Number(part('minute')), weekday }
}
