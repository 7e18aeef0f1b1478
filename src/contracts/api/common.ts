import { z } from 'zod'

export const Id = z.uuid().meta({ description: 'UUIDv7', example: '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a' })

export const Time = z.iso.datetime().meta({ description: 'RFC 3339, UTC', example: '2026-11-24T12:00:00.000Z' })

/** A URL as people type it: http or https, with a host. */
export const HttpUrl = z
  .string()
  .max(2_000, 'a URL has at most 2,000 characters')
  .refine(isHttpUrl, 'give an absolute http:// or https:// URL')
  .meta({ example: 'https://example.com/' })

/** Where messages are sent: what lets us in has a place of its own, which is kept secret. */
export const TargetUrl = HttpUrl.refine((url) => {
  const { username = '', password = '' } = URL.parse(url) ?? {}
  return username === '' && password === ''
}, 'give no user name or password in the URL')

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value)
}

export const ListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(100).meta({ description: 'Most items in the answer' }),
  cursor: z.string().max(1_000).optional().meta({ description: '`nextCursor` of the page before' }),
})

/** One page of a list; following `nextCursor` to null yields every item exactly once. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() })
}

/** Problem details, RFC 9457. `code` is stable; `detail` is for people and may change. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })

export const Timezone = z
  .string()
  .regex(/^[A-Za-z][\w+/-]{0,63}$/, 'give an IANA time zone, as "Europe/Berlin"')
  .refine(isTimezone, 'give an IANA time zone, as "Europe/Berlin"')
  .meta({ example: 'Europe/Berlin' })

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
