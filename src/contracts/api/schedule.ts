import { z } from 'zod'

export const Duration = z
  .string()
  .regex(/^[1-9]\d{0,5}[smhdw]$/, 'give a number and one of s, m, h, d, w: "15m"')
  .meta({ example: '15m' })

/** No site is asked more often than this by a schedule. */
const LEAST_INTERVAL = /^(?:[6-9]\ds|[1-9]\d{2,}s|[1-9]\d*[mhdw])$/
export const Interval = Duration.regex(LEAST_INTERVAL, 'a minute ("1m") is the least')

const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'give a time of day as "22:00"')
const Timezone = z.string().min(1).max(64).meta({ description: 'IANA name', example: 'Europe/Berlin' })

const Every = z.strictObject({ every: Interval })
const ByCron = z.strictObject({ cron: z.string().max(200).meta({ example: '0 9 * * MON-FRI' }), timezone: Timezone })

/** When a page is looked at. */
export const Schedule = z.union([
  Every,
  ByCron,
  z.strictObject({
    adaptive: z.strictObject({
      min: Interval,
      max: Interval,
      importance: z
        .number()
        .min(0.01)
        .max(100)
        .optional()
        .meta({ description: 'Beside other monitors that share `checksPerDay`; 1 without it' }),
    }),
  }),
])

/** When something is done that has no reason to adapt to anything. */
export const FixedSchedule = z.union([Every, ByCron])

/** Hours of the week. */
export const Window = z.strictObject({
  days: z
    .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
    .min(1)
    .max(7),
  from: ClockTime,
  to: ClockTime.meta({ description: 'Not after `from`: on the next day' }),
  timezone: Timezone,
})
