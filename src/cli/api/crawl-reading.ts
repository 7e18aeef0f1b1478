import { z } from 'zod'
import { Changes } from '../../contracts/api/change.ts'
import { Crawl, CrawlUrl } from '../../contracts/api/crawl.ts'
import { CrawlEvent } from '../../contracts/api/crawl-event.ts'
import { Document } from '../../contracts/api/document.ts'

/** What the command reads of a crawl. The rest passes through unread, so that a newer platform may say more. */
export const CrawlReading = Crawl.pick({ url: true, status: true, counts: true, bytes: true }).extend({
  id: z.string(),
  changes: Changes.optional(),
  startedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
  error: Crawl.shape.error.nullish(),
  waiting: Crawl.shape.waiting.nullish(),
})

export const DocumentReading = Document.pick({ url: true, title: true, status: true, markdown: true }).extend({
  fetchedAt: z.string(),
})

export const UrlReading = CrawlUrl.pick({ url: true, reason: true, status: true }).extend({ state: z.string() })

/** Only its last event is of a type that ends the crawl. */
export const CrawlEventReading = z.object({ type: CrawlEvent.shape.type, data: CrawlReading.omit({ url: true }) })

export type CrawlReading = z.infer<typeof CrawlReading>
export type DocumentReading = z.infer<typeof DocumentReading>
export type UrlReading = z.infer<typeof UrlReading>
