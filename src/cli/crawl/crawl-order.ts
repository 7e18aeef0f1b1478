import type { Given } from '../../client/route.ts'
import type { PAGE_FORMATS } from '../../contracts/api/scrape.ts'
import type { FieldsWish } from './fields-file.ts'

export type PageFormat = (typeof PAGE_FORMATS)[number]
export type RenderChoice = 'auto' | 'never' | 'always'

/** A crawl as it was asked for on the command line; undefined: not said. */
export interface CrawlOrder {
  url: string
  limit: number
  maxDepth?: number
  include: string[]
  exclude: string[]
  delayMs?: number
  concurrency?: number
  render: RenderChoice
  formats?: PageFormat[]
  /** Values to read of each page, by name. */
  fields?: FieldsWish
  /** Id of the former crawl of the site. */
  since?: string
}

export type CrawlBody = Given<'POST /v1/crawls'>['body']

/** The body of `POST /v1/crawls`: only what was said, so that the platform's defaults stay the platform's. */
export function crawlRequest(order: CrawlOrder): CrawlBody {
  const scrapeOptions = {
    ...formatsOf(order),
    ...(order.render !== 'auto' && { render: order.render }),
  }
  return {
    url: order.url,
    limit: order.limit,
    ...(order.maxDepth !== undefined && { maxDepth: order.maxDepth }),
    ...(order.include.length > 0 && { includePaths: order.include }),
    ...(order.exclude.length > 0 && { excludePaths: order.exclude }),
    ...(order.delayMs !== undefined && { delayMs: order.delayMs }),
    ...(order.concurrency !== undefined && { maxConcurrency: order.concurrency }),
    ...(order.since !== undefined && { since: order.since }),
    ...(Object.keys(scrapeOptions).length > 0 && { scrapeOptions }),
  }
}

/** Who asks for fields alone gets them beside the Markdown. */
function formatsOf({ formats, fields }: CrawlOrder): Pick<NonNullable<CrawlBody['scrapeOptions']>, 'formats'> {
  if (fields) return { formats: [...(formats ?? ['markdown']), { type: 'fields', fields }] }
  return formats ? { formats } : {}
}
