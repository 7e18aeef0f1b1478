import { z } from 'zod'

/** A screenshot with more to say than its name. */
export const ScreenshotFormat = z
  .strictObject({
    type: z.literal('screenshot'),
    fullPage: z.boolean().default(false).meta({ description: 'The whole page, up to 16,000 pixels' }),
    width: z.number().int().min(100).max(3_840).optional().meta({
      description: 'Of the window, in CSS pixels: 1,280, or 412 where `mobile`',
    }),
    height: z.number().int().min(100).max(4_320).optional().meta({
      description: 'Of the window, in CSS pixels: 1,024, or 915 where `mobile`',
    }),
    format: z.enum(['png', 'jpeg', 'webp']).default('png'),
    quality: z.number().int().min(1).max(100).optional().meta({ description: 'Of JPEG and WebP; 80 by default' }),
    selector: z.string().min(1).max(500).optional().meta({ description: 'CSS: the first element that matches' }),
  })
  .refine(({ format, quality }) => format !== 'png' || quality === undefined, {
    path: ['quality'],
    message: 'is for `jpeg` and `webp`; a PNG has none',
  })
  .refine(({ fullPage, selector }) => !fullPage || selector === undefined, {
    path: ['selector'],
    message: 'is one element, `fullPage` all: choose',
  })
  .meta({ id: 'ScreenshotFormat' })
