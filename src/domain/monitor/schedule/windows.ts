import type { Window } from './schedule.ts'
import { momentOf, wallClockAt, weekdayOf } from './wall-clock.ts'

const WEEK_DAYS = 7

/** Minutes since midnight of `HH:MM`. */
function minuteOf(time: string): number {
  const [hour, minute] = time.split(':').map(Number)
  return (hour ?? 0) * 60 + (minute ?? 0)
}

/** Whether checks may start: also in a window that opened the day before and has not closed. */
export function isOpen(windows: readonly Window[], at: number): boolean {
  return windows.length === 0 || windows.some((window) => isOpenNow(window, at))
}

function isOpenNow({ days, from, to, timezone }: Window, at: number): boolean {
  const { day, minute } = wallClockAt(at, timezone)
  const [opens, closes] = [minuteOf(from), minuteOf(to)]
  const opensOn = (which: number): boolean => days.includes(weekdayOf(which))
  if (opens < closes) return opensOn(day) && minute >= opens && minute < closes
  return (opensOn(day) && minute >= opens) || (opensOn(day - 1) && minute < closes)
}

/** The first moment from `at` on at which a window is open. */
export function nextOpening(windows: readonly Window[], at: number): number {
  if (isOpen(windows, at)) return at
  return Math.min(...windows.flatMap((window) => openings(window, at)).filter((opening) => opening > at))
}

function openings({ days, from, timezone }: Window, at: number): number[] {
  const { day } = wallClockAt(at, timezone)
  // A week on, and a day more for the opening of today that is over.
  return Array.from({ length: WEEK_DAYS + 1 }, (_, ahead) => day + ahead)
    .filter((each) => days.includes(weekdayOf(each)))
    .map((each) => momentOf({ day: each, minute: minuteOf(from) }, timezone))
}
