import { z } from 'zod'
import { Time } from './common.ts'

const Count = z.number().int().min(0)

/** What a page is to the crawl named by `since`. */
export const Change = z.enum(['new', 'changed', 'unchanged'])

/** `new + changed + unchanged` are the pages recorded; `changed + unchanged + gone + unchecked` those of the base. */
export const Changes = z.object({
  new: Count,
  changed: Count,
  unchanged: Count,
  gone: Count.nullable().meta({ description: 'null until the crawl has ended' }),
  unchecked: Count.nullable().meta({
    description: 'Pages of the base that this crawl can say nothing about; null until it has ended',
  }),
})

/** A page of the base that is none any more. */
export const GonePage = z
  .object({
    url: z.string(),
    title: z.string().nullable(),
    lastSeenAt: Time,
    reason: z.string().meta({
      description: '`http_error` with `status` 404 or 410, `redirect`, `same_content`, `unlinked`: nothing leads there',
    }),
    status: z.number().int().optional(),
  })
  .meta({ id: 'GonePage' })

export type GonePage = z.infer<typeof GonePage>
