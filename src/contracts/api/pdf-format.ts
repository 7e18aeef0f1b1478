import { z } from 'zod'

/** The page on paper. */
export const PdfFormat = z
  .strictObject({
    type: z.literal('pdf'),
    paper: z.enum(['A3', 'A4', 'A5', 'Letter', 'Legal']).default('A4'),
    landscape: z.boolean().default(false),
  })
  .meta({ id: 'PdfFormat', description: 'As the page prints itself: up to 200 pages and 12 MB' })
