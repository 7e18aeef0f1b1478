import { createHash } from 'node:crypto'
import { type KeyHolder, findKeyHolder } from '../../storage/postgres/api-keys.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'

export interface Caller {
  workspaceId: string
  keyId: string
  scopes: string[]
}

/** How long a revoked key may still be let in by an isolate that knew it: the price of not asking Postgres every time. */
const REMEMBER_MS = 15_000
const MAX_REMEMBERED = 1_000

const remembered = new Map<string, { holder: KeyHolder; until: number }>()

/** Who calls, by API key. Every way of getting it wrong is answered alike. */
export async function authenticate(platform: Platform, authorization: string | undefined): Promise<Caller> {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) throw unauthorized('Send your API key as "Authorization: Bearer lps_…".')
  const holder = await holderOf(platform, token)
  const now = platform.now()
  const expired = holder?.expiresAt && holder.expiresAt <= now
  if (!holder || holder.revokedAt || expired) throw unauthorized('This API key is not known, or no longer valid.')
  return { workspaceId: holder.workspaceId, keyId: holder.keyId, scopes: holder.scopes }
}

async function holderOf(platform: Platform, token: string): Promise<KeyHolder | undefined> {
  const digest = createHash('sha256').update(token).digest('hex')
  const known = remembered.get(digest)
  const now = platform.now().getTime()
  if (known && known.until > now) return known.holder
  remembered.delete(digest)
  const holder = await findKeyHolder(await platform.database(), digest)
  if (!holder) return undefined
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  remembered.set(digest, { holder, until: now + REMEMBER_MS })
  return holder
}

/** Ends a key at once in this isolate; others notice within REMEMBER_MS. */
export function forgetKey(keyId: string): void {
  for (const [digest, { holder }] of remembered) if (holder.keyId === keyId) remembered.delete(digest)
}

function unauthorized(detail: string): Refusal {
  return new Refusal(401, 'unauthorized', detail, { headers: { 'www-authenticate': 'Bearer' } })
}

export function requireScope(caller: Caller, scope: string): void {
  if (caller.scopes.includes('*') || caller.scopes.includes(scope)) return
  throw new Refusal(
    403,
    'insufficient_scope',
    `This call needs the scope "${scope}"; the key has: ${caller.scopes.join(', ') || 'none'}.`,
  )
}
