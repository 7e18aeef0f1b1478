import { z } from 'zod'
import { Id, ListQuery, Time } from './common.ts'
import { EventType } from './event-type.ts'

const DeliveryStatus = z.enum(['pending', 'delivered', 'failed', 'dead'])
export type DeliveryStatus = z.output<typeof DeliveryStatus>

export const Attempt = z.object({
  at: Time,
  status: z.number().int().optional().meta({ description: 'Of the answer, where one came' }),
  error: z.string().optional().meta({ description: 'Why it does not count as delivered' }),
  durationMs: z.number().int(),
  response: z.string().optional().meta({ description: 'The beginning of the body of the answer' }),
})
export type Attempt = z.output<typeof Attempt>

export const Delivery = z
  .object({
    id: Id,
    eventId: Id.meta({ description: 'The `webhook-id`: the same in every attempt and redelivery' }),
    eventType: EventType,
    channelId: Id,
    status: DeliveryStatus.meta({
      description: '`failed`: there will be another attempt. `dead`: there will be none, unless it is redelivered',
    }),
    attempts: z.array(Attempt),
    nextAttemptAt: Time.nullable(),
    createdAt: Time,
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.output<typeof Delivery>

export const DeliveriesQuery = ListQuery.extend({
  status: DeliveryStatus.optional(),
  channelId: Id.optional(),
  eventId: Id.optional(),
})

export const Redeliver = z
  .strictObject({
    channelId: Id,
    since: Time.meta({ description: 'Deliveries made from then on' }),
    until: Time.optional().meta({ description: 'Up to then; without it, up to now' }),
    status: z
      .array(DeliveryStatus)
      .min(1)
      .max(4)
      .default(['dead', 'failed'])
      .meta({ description: 'Only deliveries that are this now' }),
  })
  .meta({ id: 'Redeliver' })
export type Redeliver = z.output<typeof Redeliver>

export const Redelivered = z.object({ count: z.number().int() }).meta({ id: 'Redelivered' })

export const UnsubscribeQuery = z.strictObject({
  token: z.string().min(1).max(1_000).meta({ description: 'From the letter' }),
})
