import { createHash } from 'node:crypto'
import {
  type StoredAnswer,
  dropKeysOlderThan,
  releaseKey,
  reserveKey,
  storeAnswer,
} from '../../storage/postgres/idempotency-keys.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'

const KEPT_HOURS = 24

interface KeyedRequest {
  workspaceId: string
  key: string
  /** What makes two requests the same: method, path and body as sent. */
  fingerprint: string
}

/** Answers a request once per key: the same request again gets the first one's answer, another request a conflict. */
export async function answerOnce(
  platform: Platform,
  request: KeyedRequest,
  answer: () => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  const { workspaceId, key } = request
  const db = await platform.database()
  const reservation = await reserveKey(
    db,
    workspaceId,
    key,
    createHash('sha256').update(request.fingerprint).digest('hex'),
  )
  if (reservation.kind === 'answered') return reservation.answer
  if (reservation.kind !== 'ours') throw conflict(reservation.kind)
  try {
    const given = await answer()
    await storeAnswer(db, workspaceId, key, given)
    return given
  } catch (error) {
    // Nothing was created, so the key is free for a better request.
    await releaseKey(db, workspaceId, key)
    throw error
  }
}

function conflict(kind: 'under-way' | 'other-request'): Refusal {
  return kind === 'other-request'
    ? new Refusal(409, 'idempotency_conflict', 'This Idempotency-Key was used for another request. Use a new key.')
    : new Refusal(
        409,
        'idempotency_in_progress',
        'The first request with this Idempotency-Key is still at work. Try again shortly.',
        { headers: { 'retry-after': '2' } },
      )
}

export async function dropOldAnswers(platform: Platform): Promise<void> {
  await dropKeysOlderThan(await platform.database(), KEPT_HOURS)
}
