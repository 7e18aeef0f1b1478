import { z } from 'zod'

export const EVENT_TYPES = [
  'crawl.started',
  'crawl.page',
  'crawl.completed',
  'crawl.failed',
  'crawl.cancelled',
  'monitor.changed',
  'monitor.failing',
  'monitor.recovered',
  'channel.disabled',
  'channel.test',
] as const

export const EventType = z.enum(EVENT_TYPES)
export type EventType = z.output<typeof EventType>

export const CHANNEL_TYPES = ['webhook', 'email', 'slack', 'discord', 'telegram', 'ntfy', 'teams'] as const
export const ChannelType = z.enum(CHANNEL_TYPES)
export type ChannelType = z.output<typeof ChannelType>

const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'give a time of day as "22:00"')

export const QuietHours = z
  .strictObject({
    from: ClockTime,
    to: ClockTime.meta({ description: 'Before `from`: on the next day' }),
    timezone: z.string().refine(isTimezone, 'give an IANA time zone, as "Europe/Berlin"'),
    days: z
      .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
      .min(1)
      .max(7)
      .optional()
      .meta({ description: 'On which they begin; without it, every day' }),
  })
  .meta({ id: 'QuietHours' })
export type QuietHours = z.output<typeof QuietHours>

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const Template = z
  .strictObject({
    title: z.string().max(300).optional(),
    text: z.string().max(4_000).optional(),
  })
  .meta({ id: 'Template', description: 'Words with {{tokens}} in them; docs/webhooks.md lists the tokens' })
export type Template = z.output<typeof Template>
