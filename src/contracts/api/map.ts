import { z } from 'zod'
import { HttpUrl } from './common.ts'

export const MapRequest = z
  .strictObject({
    url: HttpUrl,
    search: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Only URLs that have all these words in themselves or their title' }),
    sitemap: z
      .enum(['include', 'skip', 'only'])
      .default('include')
      .meta({ description: 'only: the start page is not fetched' }),
    includeSubdomains: z.boolean().default(false),
    limit: z.number().int().min(1).max(30_000).default(5_000),
  })
  .meta({ id: 'MapRequest' })

export const MapAnswer = z.object({
  data: z.array(
    z.object({
      url: z.string(),
      title: z.string().optional().meta({ description: 'The text of the link; sitemaps have none' }),
      lastModified: z.string().optional().meta({ description: 'As the sitemap has it' }),
      source: z.enum(['sitemap', 'page']),
    }),
  ),
})

export type MapRequest = z.infer<typeof MapRequest>
