import { z } from 'zod'
import { Actions } from './action.ts'
import { CookieBanners, LoadMore, Locale } from './browser.ts'
import { HttpUrl, Timezone } from './common.ts'
import { Document } from './document.ts'
import { FieldsFormat } from './fields.ts'
import { PdfFormat } from './pdf-format.ts'
import { ScreenshotFormat } from './screenshot-format.ts'

export const PAGE_FORMATS = ['markdown', 'html', 'rawHtml', 'text', 'links', 'images', 'metadata', 'tables'] as const

/** Bodies are read whole into memory: a Worker has 128 MB for everything it does at the same time. */
const MOST_BYTES = 20_000_000

/** Each at most once or twice; a longer list is a mistake. */
const MOST_FORMATS = 20

const Selector = z.string().min(1).max(500)

/** RFC 6265 §4.1.1: a token, and a value of cookie-octets; browsers send spaces and commas, too. */
const CookieName = z
  .string()
  .max(500)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'a cookie name is a token: no spaces, no `=`, no `;`')
const CookieValue = z
  .string()
  .max(4_000)
  .regex(/^[\u0020-\u003A\u003C-\u007E]*$/, 'a cookie value is ASCII without `;`')

/** RFC 7617 §2: the user name has no colon, neither has control characters. */
const BasicAuth = z.strictObject({
  type: z.literal('basic'),
  username: z
    .string()
    .max(500)
    .regex(/^[^:\p{Cc}]*$/u, 'the user name of Basic authentication has no colon'),
  password: z
    .string()
    .max(500)
    .regex(/^\P{Cc}*$/u, 'may have no control characters'),
})

/** A login form of the site. Its other fields, such as CSRF tokens, are sent as the page has them. */
const FormAuth = z.strictObject({
  type: z.literal('form'),
  url: HttpUrl.meta({ description: 'The page that has the form' }),
  fields: z
    .record(z.string().min(1).max(200), z.string().max(4_000))
    .refine((fields) => Object.keys(fields).length > 0, 'name at least one field of the form')
    .meta({ example: { username: 'ada', password: '…' } }),
  successSelector: Selector.optional().meta({ description: 'CSS: what only a page after the login has' }),
})

/** Screenshots and PDFs force a browser, and lie at `screenshotUrl` and `pdfUrl`. */
const WishedFormat = z.union([
  z.enum([...PAGE_FORMATS, 'screenshot', 'pdf']),
  z.discriminatedUnion('type', [ScreenshotFormat, PdfFormat, FieldsFormat]),
])
type WishedFormat = z.infer<typeof WishedFormat>

function isOnce(formats: readonly WishedFormat[], name: 'screenshot' | 'pdf'): boolean {
  return formats.filter((format) => format === name || (typeof format === 'object' && format.type === name)).length <= 1
}

export const ScrapeOptions = z
  .strictObject({
    formats: z
      .array(WishedFormat)
      .min(1)
      .max(MOST_FORMATS)
      .refine((formats) => isOnce(formats, 'screenshot'), 'name one screenshot; `actions` take more')
      .refine((formats) => isOnce(formats, 'pdf'), 'name one PDF')
      .default(['markdown']),
    onlyMainContent: z.boolean().default(true).meta({ description: 'false: the whole body' }),
    includeSelectors: z.array(Selector).max(50).default([]).meta({ description: 'CSS: keep only these' }),
    excludeSelectors: z.array(Selector).max(50).default([]).meta({ description: 'CSS: drop these first' }),
    headers: z
      .record(
        z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'is no header name: letters, digits and signs, no spaces'),
        z
          .string()
          .max(4_000)
          .regex(/^[^\r\n\0]*$/, 'is no header value: it may have no line breaks'),
      )
      .default({}),
    cookies: z
      .array(z.strictObject({ name: CookieName, value: CookieValue }))
      .max(100)
      .default([])
      .meta({ description: 'Sent to the hosts of the given URLs only' }),
    auth: z
      .discriminatedUnion('type', [BasicAuth, FormAuth])
      .optional()
      .meta({ description: 'Sent to the hosts of the given URLs only' }),
    render: z.enum(['auto', 'never', 'always']).default('auto'),
    waitFor: z
      .union([z.number().int().min(0).max(60_000), Selector])
      .optional()
      .meta({
        description: 'Milliseconds, or a CSS selector that must be there: in a browser, unless `render` is `never`',
      }),
    mobile: z.boolean().default(false).meta({
      description:
        'As with a telephone: the user agent says `Mobile`, and a browser has a small window that is touched',
    }),
    locale: Locale.optional(),
    timezone: Timezone.optional().meta({ description: 'Of scripts in a browser; without it, the machine’s' }),
    cookieBanners: CookieBanners.optional(),
    loadMore: LoadMore.optional(),
    actions: Actions.optional(),
    timeout: z
      .number()
      .int()
      .min(100)
      .max(120_000)
      .default(30_000)
      .meta({ description: 'Milliseconds, body included' }),
    maxBytes: z
      .number()
      .int()
      .min(1_000)
      .max(MOST_BYTES)
      .default(10_000_000)
      .meta({ description: 'After decompression' }),
    maxAge: z.number().int().min(0).default(0).meta({
      description:
        'Milliseconds: an earlier answer to the same request will do, if it is no older; 0: always fresh. For `POST /v1/scrape`. Answers are kept for 7 days where `maxAge` is given, never those with credentials',
    }),
  })
  .meta({ id: 'ScrapeOptions' })

export const ScrapeRequest = z.strictObject({ url: HttpUrl, ...ScrapeOptions.shape }).meta({ id: 'ScrapeRequest' })

export const ScrapeAnswer = z.object({ data: Document })

export type ScrapeOptions = z.infer<typeof ScrapeOptions>
export type ScrapeRequest = z.infer<typeof ScrapeRequest>
