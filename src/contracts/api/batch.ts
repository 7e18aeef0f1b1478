import { z } from 'zod'
import { HttpUrl } from './common.ts'
import { CrawlWebhook } from './crawl.ts'
import { ScrapeOptions } from './scrape.ts'

/** What one message to a frontier and one row can carry without a thought. */
const MOST_URLS = 1_000

export const CreateBatch = z
  .strictObject({
    urls: z
      .array(HttpUrl)
      .min(1)
      .max(MOST_URLS)
      .meta({ description: 'Pages to fetch; the same URL twice counts once' }),
    webhook: CrawlWebhook.optional(),
    ...ScrapeOptions.shape,
  })
  .meta({ id: 'CreateBatch' })

export type CreateBatch = z.infer<typeof CreateBatch>
