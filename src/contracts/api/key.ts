import { z } from 'zod'
import { Id, Time } from './common.ts'

const Scope = z.enum([
  'scrape',
  'crawls:read',
  'crawls:write',
  'monitors:read',
  'monitors:write',
  'channels:read',
  'channels:write',
  'keys:write',
  'audit:read',
  '*',
])

export const CreateKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(Scope).min(1).max(10).optional().meta({ description: 'Without it: those of the calling key' }),
  expiresAt: Time.optional(),
})
export type CreateKey = z.output<typeof CreateKey>

export const ApiKey = z
  .object({
    id: Id,
    name: z.string(),
    scopes: z.array(z.string()),
    prefix: z.string(),
    createdAt: Time,
    expiresAt: Time.nullable(),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.output<typeof ApiKey>

export const NewApiKey = ApiKey.extend({ key: z.string().meta({ description: 'Shown this once' }) })
export type NewApiKey = z.output<typeof NewApiKey>
