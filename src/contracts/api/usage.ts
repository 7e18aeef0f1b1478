import { z } from 'zod'
import { Time } from './common.ts'

export const UsageQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(90).default(30).meta({ description: 'Up to and with today, in UTC' }),
})

const Count = z.number().int().min(0)

const Quota = z.object({
  limit: Count.nullable().meta({ description: 'A calendar month in UTC; null: no limit' }),
  used: Count,
  resetsAt: Time,
})

export const Usage = z
  .object({
    data: z.array(
      z.object({
        date: z.iso.date(),
        pages: Count.meta({ description: 'Scraped, and recorded by crawls and batches' }),
        renders: Count.meta({ description: 'Of these, in a browser' }),
        bytes: Count.meta({ description: 'As stored: the response and what was made of it, compressed' }),
        checks: Count.meta({ description: 'Of monitors' }),
        deliveries: Count.meta({ description: 'To channels' }),
      }),
    ),
    quotas: z.object({ pages: Quota, renders: Quota, checks: Quota }),
  })
  .meta({ id: 'Usage' })
export type Usage = z.output<typeof Usage>
