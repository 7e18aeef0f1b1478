import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { Problem } from '../api/common.ts'

export const problems = (...statuses: number[]) =>
  Object.fromEntries(
    [401, ...statuses, 429, 503].map((status) => [
      status,
      { description: 'Problem', content: { 'application/problem+json': { schema: Problem } } },
    ]),
  )

export const json = <Shape extends z.ZodType>(schema: Shape) => ({ 'application/json': { schema } })

type Answered<Status extends number, Shape extends z.ZodType> = Record<
  Status,
  { description: string; content: { 'application/json': { schema: Shape } } }
>

/** What was made, or where to see what comes of it. */
const MADE = { headers: z.object({ Location: z.string().optional() }) }
const isMaking = (status: number) => status === 201 || status === 202

/** Typed by what it has, so that clients know what they get. */
export const answer = <Status extends number, Shape extends z.ZodType>(
  status: Status,
  description: string,
  schema: Shape,
  failures: number[],
) => ({
  // A computed name would be typed as any.
  ...({ [status]: { description, content: json(schema), ...(isMaking(status) && MADE) } } as Answered<Status, Shape>),
  ...problems(...failures),
})

export const IdempotencyKey = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .optional()
    .meta({ description: 'The same key and body give the same answer for 24 h' }),
})

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** Adds what every call may meet: whatever is sent along is looked at, also where nothing is asked for. */
export function withRefusals(paths: ZodOpenApiPathsObject): ZodOpenApiPathsObject {
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => {
      const operations = METHODS.flatMap((method) => {
        const operation = item[method]
        if (!path.startsWith('/v1/') || !operation) return []
        const refused = method === 'get' ? problems(400) : problems(400, 413, 415)
        return [[method, { ...operation, responses: { ...refused, ...operation.responses } }] as const]
      })
      return [path, { ...item, ...Object.fromEntries(operations) }]
    }),
  )
}

const NOT_MODIFIED = { description: 'It is what it was when it had the ETag that If-None-Match names' }

/** Adds what holds for every read of JSON below /v1: its ETag, and the answer to whoever has it already. */
export function withEtags(paths: ZodOpenApiPathsObject): ZodOpenApiPathsObject {
  const headers = z.object({ ETag: z.string().optional() })
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => {
      const read = item.get?.responses?.['200']
      if (!path.startsWith('/v1/') || !read || !('content' in read) || !read.content?.['application/json'])
        return [path, item]
      const responses = { ...item.get?.responses, 200: { ...read, headers }, 304: NOT_MODIFIED }
      return [path, { ...item, get: { ...item.get, responses } }]
    }),
  )
}
