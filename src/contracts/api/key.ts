import { z } from 'zod'
import { Id, Time } from './common.ts'

export const Scope = z.enum([
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

/** A week is long enough to change a key wherever it is used. */
export const RotateKey = z.strictObject({
  overlapSeconds: z.number().int().min(0).max(604_800).default(86_400).meta({
    description: 'For how long the old key goes on',
  }),
})
export type RotateKey = z.output<typeof RotateKey>

export const ApiKey = z
  .object({
    id: Id,
    name: z.string(),
    scopes: z.array(z.string()),
    prefix: z.string(),
    createdAt: Time,
    expiresAt: Time.nullable(),
    lastUsedAt: Time.nullable().meta({ description: 'To about a minute' }),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.output<typeof ApiKey>

export const NewApiKey = ApiKey.extend({ key: z.string().meta({ description: 'Shown this once' }) })
export type NewApiKey = z.output<typeof NewApiKey>
