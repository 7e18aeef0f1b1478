import { z } from 'zod'
import type { ZodOpenApiOperationObject } from 'zod-openapi'
import { Problem } from '../../src/contracts/api/common.ts'

export const problems = (...statuses: number[]) =>
  Object.fromEntries(
    [401, ...statuses].map((status) => [
      status,
      { description: 'Problem', content: { 'application/problem+json': { schema: Problem } } },
    ]),
  )

export const json = (schema: z.ZodType) => ({ 'application/json': { schema } })

export const answer = (
  status: number,
  description: string,
  schema: z.ZodType,
  failures: number[],
): ZodOpenApiOperationObject['responses'] => ({
  [status]: { description, content: json(schema) },
  ...problems(...failures),
})

export const IdempotencyKey = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .optional()
    .meta({ description: 'The same key and body give the same answer for 24 h' }),
})
