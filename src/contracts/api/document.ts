import { z } from 'zod'
import { ActionResults } from './action.ts'
import { Change } from './change.ts'
import { Time } from './common.ts'

/** One page, read: what `POST /v1/scrape` answers and what a crawl records. */
export const Document = z
  .object({
    url: z.string(),
    finalUrl: z.string(),
    status: z.number().int(),
    contentType: z.string().nullable(),
    fetchedAt: Time,
    rendered: z.boolean().meta({ description: 'Read after a browser had run its scripts' }),
    renderReason: z.string().optional().meta({ description: '`requested`, or what the page as fetched lacked' }),
    redirects: z.array(z.string()),
    title: z.string().nullable(),
    description: z.string().nullable(),
    language: z.string().nullable(),
    author: z.string().optional(),
    publishedAt: z.string().optional(),
    siteName: z.string().optional(),
    canonicalUrl: z.string().optional(),
    wordCount: z.number().int(),
    markdown: z.string().optional(),
    html: z.string().optional(),
    rawHtml: z.string().optional(),
    text: z.string().optional(),
    links: z.array(z.object({ url: z.string(), text: z.string(), rel: z.string().optional() })).optional(),
    images: z.array(z.object({ url: z.string(), alt: z.string() })).optional(),
    screenshotUrl: z
      .string()
      .optional()
      .meta({ description: 'Of a capture: `GET /v1/captures/{id}`, with the same key' }),
    pdfUrl: z.string().optional().meta({ description: 'Of a capture, as `screenshotUrl`' }),
    actions: ActionResults.optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
    tables: z
      .array(
        z.object({
          caption: z.string().optional(),
          headers: z.array(z.string()).meta({ description: 'Empty where the table names no columns' }),
          rows: z.array(z.array(z.string())),
        }),
      )
      .optional()
      .meta({ description: 'Tables of values; what a cell spans repeats it' }),
    fields: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'By the names of the request: a value, null, a list or a record' }),
    dataIsland: z.enum(['next', 'nuxt', 'remix', 'state', 'json_ld']).optional().meta({
      description: 'The data that the content was read from, where the page itself was an empty shell',
    }),
    contentHash: z.string().meta({ description: 'sha256:<hex> of the body as received, after decompression' }),
    robots: z
      .array(z.enum(['noindex', 'nofollow']))
      .optional()
      .meta({ description: 'What the page asks of robots, in its meta tags or in X-Robots-Tag' }),
    change: Change.optional().meta({ description: 'What the page is to the crawl named by `since`' }),
    nearDuplicateOf: z.string().optional().meta({
      description: 'An earlier page of the crawl whose main text is almost the same (SimHash within 3 of 64 bits)',
    }),
    warnings: z.array(z.object({ code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'Document' })

export type Document = z.infer<typeof Document>
