/** When a monitor wants to be checked, as its owner says it. Durations as in `15m`. */
export type Schedule = { every: string } | { cron: string; timezone: string } | { adaptive: Adaptive }

/** As often as a page is worth it; `importance` is 1 where it is not said. */
export interface Adaptive {
  min: string
  max: string
  importance?: number | undefined
}

/** Hours of the week in which checks may start; without any, all of them. */
export interface Window {
  /** Days on which the window opens; one that ends on the next day still belongs to the day of its opening. */
  days: readonly Weekday[]
  /** Wall clock, `HH:MM`; an end that is not after the beginning is on the next day. */
  from: string
  to: string
  /** IANA name. */
  timezone: string
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]
