import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { ApiKey, CreateKey, NewApiKey } from '../../contracts/api/key.ts'
import { type ApiKeyRow, deleteKeyRow, findKey, insertKey, listKeys } from '../../storage/postgres/api-keys.ts'
import type { Platform } from '../platform.ts'
import { Refusal, notFound } from '../problem.ts'
import { type Caller, forgetKey, requireScope } from './authenticate.ts'

const PREFIX_CHARACTERS = 12
const RANDOM_BYTES = 32

/** A key gives away no more than it has itself. */
export async function createKey(platform: Platform, caller: Caller, wanted: CreateKey): Promise<NewApiKey> {
  const scopes = [...new Set<string>(wanted.scopes ?? caller.scopes)]
  for (const scope of scopes) requireScope(caller, scope)
  const now = platform.now()
  const expiresAt = wanted.expiresAt === undefined ? null : new Date(wanted.expiresAt)
  if (expiresAt && expiresAt <= now) throw new Refusal(400, 'validation_failed', 'expiresAt: give a time to come')
  const key = `lps_${randomBytes(RANDOM_BYTES).toString('hex')}`
  const row: ApiKeyRow = {
    id: uuidv7(),
    workspaceId: caller.workspaceId,
    name: wanted.name,
    prefix: key.slice(0, PREFIX_CHARACTERS),
    keySha256: createHash('sha256').update(key).digest('hex'),
    scopes,
    createdAt: now,
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
  }
  await insertKey(await platform.database(), row)
  return { ...shown(row), key }
}

export async function showKeys(
  platform: Platform,
  workspaceId: string,
  page: { before?: string; limit: number },
): Promise<{ keys: ApiKey[]; more: boolean }> {
  const rows = await listKeys(await platform.database(), workspaceId, { ...page, limit: page.limit + 1 })
  return { keys: rows.slice(0, page.limit).map(shown), more: rows.length > page.limit }
}

/** A key ends only what it could have made: else a narrow one could lock the owner out. */
export async function deleteKey(platform: Platform, caller: Caller, id: string): Promise<void> {
  const db = await platform.database()
  const row = await findKey(db, caller.workspaceId, id)
  if (!row) throw notFound('key')
  for (const scope of row.scopes) requireScope(caller, scope)
  await deleteKeyRow(db, caller.workspaceId, id)
  forgetKey(id)
}

function shown({ id, name, scopes, prefix, createdAt, expiresAt }: ApiKeyRow): ApiKey {
  return {
    id,
    name,
    scopes,
    prefix,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  }
}
