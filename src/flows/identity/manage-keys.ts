import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { ApiKey, CreateKey, NewApiKey, RotateKey } from '../../contracts/api/key.ts'
import {
  type ApiKeyRow,
  deleteKeyRow,
  findKey,
  insertKey,
  listKeys,
  replaceKey,
} from '../../storage/postgres/api-keys.ts'
import type { Database } from '../../storage/postgres/database.ts'
import type { Platform } from '../platform.ts'
import { Refusal, invalid, notFound } from '../problem.ts'
import { deedOf, recorded } from './audit.ts'
import { type Caller, forgetKey, requireScope } from './authenticate.ts'

const PREFIX_CHARACTERS = 12
const RANDOM_BYTES = 32

/** A key gives away no more than it has itself. */
export async function createKey(platform: Platform, caller: Caller, wanted: CreateKey): Promise<NewApiKey> {
  const scopes = [...new Set<string>(wanted.scopes ?? caller.scopes)]
  for (const scope of scopes) requireScope(caller, scope)
  const now = platform.now()
  const expiresAt = wanted.expiresAt === undefined ? null : new Date(wanted.expiresAt)
  if (expiresAt && expiresAt <= now) throw invalid([{ path: 'expiresAt', message: 'must be a time to come' }])
  const { row, key } = newKey(caller.workspaceId, { name: wanted.name, scopes, expiresAt }, now)
  const deed = deedOf(caller, 'key.created', { kind: 'key', id: row.id })
  await recorded(await platform.database(), deed, (tx) => insertKey(tx, row))
  return { ...shown(row), key }
}

/** The same name, scopes and end under a new key; the old one goes on for a while, so that nothing that uses it stops. */
export async function rotateKey(platform: Platform, caller: Caller, id: string, wish: RotateKey): Promise<NewApiKey> {
  const db = await platform.database()
  const old = await grantableKey(db, caller, id)
  const now = platform.now()
  if (old.expiresAt && old.expiresAt <= now) throw new Refusal(409, 'key_expired', 'This key is over. Make a new one.')
  const { row, key } = newKey(caller.workspaceId, old, now)
  const oldUntil = new Date(now.getTime() + wish.overlapSeconds * 1_000)
  const deed = deedOf(caller, 'key.rotated', { kind: 'key', id })
  const isOurs = await recorded(db, deed, (tx) => replaceKey(tx, id, row, oldUntil))
  if (!isOurs) throw new Refusal(409, 'already_rotated', 'Another key has taken its place. Rotate that one.')
  forgetKey(id)
  return { ...shown(row), key }
}

function newKey(
  workspaceId: string,
  { name, scopes, expiresAt }: Pick<ApiKeyRow, 'name' | 'scopes' | 'expiresAt'>,
  createdAt: Date,
): { row: ApiKeyRow; key: string } {
  const key = `lps_${randomBytes(RANDOM_BYTES).toString('hex')}`
  const row: ApiKeyRow = {
    id: uuidv7(),
    workspaceId,
    name,
    prefix: key.slice(0, PREFIX_CHARACTERS),
    keySha256: createHash('sha256').update(key).digest('hex'),
    scopes,
    createdAt,
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
  }
  return { row, key }
}

export async function showKeys(
  platform: Platform,
  workspaceId: string,
  page: { before?: string; limit: number },
): Promise<{ keys: ApiKey[]; more: boolean }> {
  const rows = await listKeys(await platform.database(), workspaceId, { ...page, limit: page.limit + 1 })
  return { keys: rows.slice(0, page.limit).map(shown), more: rows.length > page.limit }
}

export async function deleteKey(platform: Platform, caller: Caller, id: string): Promise<void> {
  const db = await platform.database()
  await grantableKey(db, caller, id)
  const deed = deedOf(caller, 'key.deleted', { kind: 'key', id })
  await recorded(db, deed, (tx) => deleteKeyRow(tx, caller.workspaceId, id))
  forgetKey(id)
}

/** A caller ends or renews only what it could have made: else a narrow key could lock the owner out. */
async function grantableKey(db: Database, caller: Caller, id: string): Promise<ApiKeyRow> {
  const row = await findKey(db, caller.workspaceId, id)
  if (!row) throw notFound('key')
  for (const scope of row.scopes) requireScope(caller, scope)
  return row
}

function shown({ id, name, scopes, prefix, createdAt, expiresAt, lastUsedAt }: ApiKeyRow): ApiKey {
  return {
    id,
    name,
    scopes,
    prefix,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }
}
