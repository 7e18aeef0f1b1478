import { z } from 'zod'

export const UsageQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(90).default(30).meta({ description: 'Up to and with today, in UTC' }),
})

export const Usage = z
  .object({
    data: z.array(
      z.object({
        date: z.iso.date(),
        pages: z.number().int().meta({ description: 'Recorded by crawls and batches that are still there' }),
        renders: z.number().int().meta({ description: 'Of these, in a browser' }),
        deliveries: z.number().int().meta({ description: 'Alerts and webhooks for channels that are still there' }),
        bytes: z.number().int().meta({ description: 'As stored: the response and what was made of it, compressed' }),
      }),
    ),
  })
  .meta({ id: 'Usage' })
export type Usage = z.output<typeof Usage>
