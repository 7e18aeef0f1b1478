import { z } from 'zod'
import { Time } from './common.ts'
import { Crawl } from './crawl.ts'

/** What `GET /v1/crawls/{id}/events` sends. Numbers are absolute, so that a missed event takes nothing away. */
export const CrawlEvent = z
  .object({
    id: z.number().int().min(0).meta({ description: 'Grows with every event of a crawl' }),
    type: z.enum(['crawl.progress', 'crawl.completed', 'crawl.failed', 'crawl.cancelled']),
    at: Time,
    data: Crawl.pick({
      id: true,
      status: true,
      counts: true,
      bytes: true,
      waiting: true,
      startedAt: true,
      finishedAt: true,
      error: true,
    }),
  })
  .meta({ id: 'CrawlEvent' })

export type CrawlEvent = z.infer<typeof CrawlEvent>
