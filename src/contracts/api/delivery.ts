import { z } from 'zod'
import { Id, ListQuery, Time } from './common.ts'
import { EventType } from './channel.ts'

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed', 'dead'] as const
const DeliveryStatus = z.enum(DELIVERY_STATUSES)
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
