import { z } from 'zod'

/** BCP 47, as browsers know it. */
export const Locale = z
  .string()
  .min(2)
  .max(35)
  .refine(isLocale, 'give a BCP 47 tag, as "de-AT"')
  .meta({ description: 'Language and region of the visitor: Accept-Language, and of scripts', example: 'de-AT' })

export const CookieBanners = z.enum(['reject', 'accept']).meta({
  description:
    'How a browser answers a well-known cookie banner; one that it does not know is only hidden. Without it, banners stay.',
})

export const LoadMore = z
  .strictObject({
    selector: z.string().min(1).max(500).optional().meta({
      description: 'CSS: what is clicked for more, as long as it is there; without it, the page is scrolled to its end',
    }),
    times: z.number().int().min(1).max(50).default(10).meta({ description: 'At most; ends where nothing more comes' }),
  })
  .meta({ id: 'LoadMore', description: 'For pages that show their content bit by bit. Forces a browser.' })

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
