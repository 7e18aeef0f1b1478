import { z } from 'zod'
import { Id, TargetUrl, Time, Timezone } from './common.ts'
import { EventType, defaultEvents } from './event-type.ts'
import { Email } from './identity.ts'
import { FixedSchedule } from './schedule.ts'

export const ChannelType = z.enum(['webhook', 'email', 'slack', 'discord', 'telegram', 'ntfy', 'teams'])
export type ChannelType = z.output<typeof ChannelType>

const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'give a time of day as "22:00"')

export const QuietHours = z
  .strictObject({
    from: ClockTime,
    to: ClockTime.meta({ description: 'Before `from`: on the next day' }),
    timezone: Timezone,
    days: z
      .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
      .min(1)
      .max(7)
      .optional()
      .meta({ description: 'On which they begin; without it, every day' }),
  })
  .refine(({ from, to }) => from !== to, { message: 'quiet hours must begin and end at different times', path: ['to'] })
  .meta({ id: 'QuietHours', description: 'What happens then is sent when they are over' })
export type QuietHours = z.output<typeof QuietHours>

export const Template = z
  .strictObject({
    title: z.string().min(1).max(300).optional(),
    text: z.string().min(1).max(4_000).optional(),
  })
  .meta({ id: 'Template', description: 'Words with {{tokens}} in them; docs/webhooks.md lists the tokens' })
export type Template = z.output<typeof Template>

export const Digest = FixedSchedule.meta({
  id: 'Digest',
  description: 'When all that monitors have found since is sent as one message, `monitor.digest`',
})
export type Digest = z.output<typeof Digest>

/** A field name by RFC 9110 §5.1 that we don't set ourselves, and a value without line breaks. */
const HeaderName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'is no header name: letters, digits and signs, no spaces')
  .refine(
    (name) => !/^(?:webhook-.*|host|connection|content-.*|transfer-encoding|te|upgrade|expect|trailer)$/i.test(name),
    'is set by the platform; leave it out',
  )
const HeaderValue = z.string().regex(/^[\t\x20-\x7e]{0,2000}$/, 'may have printable ASCII only, up to 2,000 characters')

/** By type, what says where messages go. */
export const CONFIGS = {
  webhook: z.strictObject({ url: TargetUrl, headers: z.record(HeaderName, HeaderValue).optional() }),
  email: z.strictObject({
    to: z.union([Email.transform((address) => [address]), z.array(Email).min(1).max(20)]),
  }),
  slack: z.strictObject({ url: TargetUrl.meta({ description: 'Of an incoming webhook' }) }),
  discord: z.strictObject({ url: TargetUrl.meta({ description: 'Of a webhook of the channel' }) }),
  teams: z.strictObject({ url: TargetUrl.meta({ description: 'Of a workflow that a webhook request starts' }) }),
  telegram: z.strictObject({
    botToken: z.string().regex(/^\d+:[\w-]{10,100}$/, 'give the token that BotFather gave: "123456:ABC…"'),
    chatId: z.union([
      z.number().int(),
      z.string().regex(/^(?:-?\d{1,20}|@\w{3,64})$/, 'give a number, or the name of a channel with an "@" before it'),
    ]),
    apiUrl: TargetUrl.optional().meta({ description: 'A Bot API server of your own' }),
  }),
  ntfy: z.strictObject({
    topic: z.string().regex(/^[\w-]{1,64}$/, 'may have letters, digits, "_" and "-" only, up to 64'),
    url: TargetUrl.optional().meta({ description: 'A server of your own; without it, https://ntfy.sh' }),
    token: z.string().min(1).max(200).optional(),
    priority: z.number().int().min(1).max(5).optional(),
  }),
} as const satisfies Record<ChannelType, z.ZodType>

export type ChannelConfigs = { [Type in ChannelType]: z.output<(typeof CONFIGS)[Type]> }

const Name = z.string().trim().min(1).max(100)
const Events = z.array(EventType).min(1).max(20)

const common = {
  name: Name,
  events: Events.optional().meta({ description: 'Without it, a choice that fits the type: see docs/webhooks.md' }),
  template: Template.nullable().default(null),
  quiet: QuietHours.nullable().default(null),
  mutedUntil: Time.nullable().default(null).meta({ description: 'What happens until then is never sent' }),
  digest: Digest.nullable().default(null),
  enabled: z.boolean().default(true),
}

export const WebhookSecret = z
  .string()
  .refine(isWebhookSecret, 'give "whsec_" and the base64 of 24 to 64 bytes, or nothing')
  .meta({ example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })

/** Standard Webhooks 1.0, "Signature scheme". */
function isWebhookSecret(secret: string): boolean {
  const [, key] = /^whsec_((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(secret) ?? []
  const bytes = key === undefined ? 0 : atob(key).length
  return bytes >= 24 && bytes <= 64
}

const typed = <Type extends ChannelType>(type: Type) =>
  z.strictObject({ type: z.literal(type), config: CONFIGS[type], ...common })

export const CreateChannel = z
  .discriminatedUnion('type', [
    typed('webhook').extend({ secret: WebhookSecret.optional() }),
    typed('email'),
    typed('slack'),
    typed('discord'),
    typed('teams'),
    typed('telegram'),
    typed('ntfy'),
  ])
  .transform((channel) => ({ ...channel, events: channel.events ?? defaultEvents(channel.type) }))
  .meta({ id: 'CreateChannel' })
export type CreateChannel = z.output<typeof CreateChannel>

/** What is read only may come back as it was shown: it is not looked at. */
const ignored = z.unknown().optional()

export const ChangeChannel = z
  .strictObject({
    name: Name.optional(),
    config: z.record(z.string(), z.unknown()).optional().meta({ description: 'What is left out stays as it is' }),
    events: Events.optional(),
    template: Template.nullable().optional(),
    quiet: QuietHours.nullable().optional(),
    mutedUntil: Time.nullable().optional(),
    digest: Digest.nullable().optional(),
    enabled: z.boolean().optional().meta({ description: 'true also ends that the platform has disabled it' }),
    id: ignored,
    type: ignored,
    status: ignored,
    secrets: ignored,
    nextDigestAt: ignored,
    disabledAt: ignored,
    disabledReason: ignored,
    failingSince: ignored,
    createdAt: ignored,
  })
  .meta({ id: 'ChangeChannel' })
export type ChangeChannel = z.output<typeof ChangeChannel>

export const RotateSecret = z
  .strictObject({
    overlapSeconds: z
      .number()
      .int()
      .min(0)
      .max(604_800)
      .default(86_400)
      .meta({ description: 'For how long deliveries are signed with the old secret, too' }),
    secret: WebhookSecret.optional().meta({ description: 'Without it, a new one is made' }),
  })
  .meta({ id: 'RotateSecret' })
export type RotateSecret = z.output<typeof RotateSecret>

export const Channel = z
  .object({
    id: Id,
    type: ChannelType,
    name: z.string(),
    config: z.record(z.string(), z.unknown()).meta({ description: 'Without what is secret in it' }),
    secrets: z.array(z.string()).meta({ description: 'Fields of `config` that are kept and not shown' }),
    events: z.array(EventType),
    template: Template.nullable(),
    quiet: QuietHours.nullable(),
    mutedUntil: Time.nullable(),
    digest: Digest.nullable(),
    nextDigestAt: Time.nullable(),
    enabled: z.boolean(),
    status: z.enum(['active', 'muted', 'paused', 'disabled']).meta({
      description: '`paused` by its owner, `disabled` by the platform: 410 Gone, or nothing but failures for 5 days',
    }),
    disabledAt: Time.nullable(),
    disabledReason: z.string().nullable(),
    failingSince: Time.nullable().meta({ description: 'The first failure since anything was taken' }),
    createdAt: Time,
  })
  .meta({ id: 'Channel' })
export type Channel = z.output<typeof Channel>

export const NewChannel = Channel.extend({
  secret: z.string().optional().meta({ description: 'Of a webhook: what deliveries are signed with; shown this once' }),
})
export type NewChannel = z.output<typeof NewChannel>
