import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { TokenPair } from '../../contracts/api/identity.ts'
import { dropExpiredResets } from '../../storage/postgres/password-resets.ts'
import { forgetAddressesOlderThan } from '../../storage/postgres/users.ts'
import {
  dropExpiredTokens,
  exchangeToken,
  findToken,
  insertFamily,
  revokeFamily,
} from '../../storage/postgres/refresh-tokens.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { ACCESS_TOKEN_SECONDS, signAccessToken } from './access-token.ts'
import { deedOfPerson, recorded } from './audit.ts'
import { forgetSession } from './authenticate.ts'
import type { CallOrigin } from './call-origin.ts'
import { dropExpiredVerifications } from '../../storage/postgres/email-verifications.ts'
import { dropOldAttempts } from './login-throttle.ts'

const REFRESH_TOKEN_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1_000
const KNOWN_ADDRESS_DAYS = 90

/** Who signs in, into what, from where. */
export interface SigningIn {
  userId: string
  workspaceId: string
  from: CallOrigin
}

/** A new sign-in of a person in a workspace. */
export async function openSession(platform: Platform, { userId, workspaceId, from }: SigningIn): Promise<TokenPair> {
  const sessionId = uuidv7()
  const refresh = newRefreshToken(platform)
  const accessToken = await signAccessToken(platform.tokenSecrets, { userId, sessionId }, platform.now())
  const opened = { action: 'session.opened', target: { kind: 'session', id: sessionId } } as const
  await recorded(await platform.database(), deedOfPerson(userId, workspaceId, opened, from), (tx) =>
    insertFamily(tx, { id: sessionId, userId, workspaceId, ...refresh.stored }),
  )
  return { accessToken, refreshToken: refresh.token, expiresIn: ACCESS_TOKEN_SECONDS }
}

/** RFC 9700 §4.14.2: a token that comes twice was stolen, so neither holder goes on. */
export async function refreshSession(platform: Platform, token: string, from: CallOrigin): Promise<TokenPair> {
  const db = await platform.database()
  const now = platform.now()
  const next = newRefreshToken(platform)
  const continued = await exchangeToken(db, sha256(token), next.stored, now)
  if (!continued) throw await refusedRefresh(platform, token, from)
  const { userId, familyId } = continued
  const accessToken = await signAccessToken(platform.tokenSecrets, { userId, sessionId: familyId }, now)
  return { accessToken, refreshToken: next.token, expiresIn: ACCESS_TOKEN_SECONDS }
}

async function refusedRefresh(platform: Platform, token: string, from: CallOrigin): Promise<Refusal> {
  const known = await findToken(await platform.database(), sha256(token))
  if (!known?.isUsed)
    return new Refusal(401, 'invalid_refresh_token', 'This refresh token is not, or no longer, valid.')
  await endSession(platform, known, 'session.revoked', from)
  const detail = 'This refresh token was used before. All tokens of its sign-in are revoked; sign in again.'
  return new Refusal(401, 'refresh_reused', detail)
}

/** Whatever the token is: afterwards its sign-in is over. */
export async function closeSession(platform: Platform, token: string, from: CallOrigin): Promise<void> {
  const known = await findToken(await platform.database(), sha256(token))
  if (known) await endSession(platform, known, 'session.closed', from)
}

interface Session {
  familyId: string
  userId: string
  workspaceId: string
}

export async function endSession(
  platform: Platform,
  { familyId, userId, workspaceId }: Session,
  action: 'session.closed' | 'session.revoked',
  from: CallOrigin,
): Promise<void> {
  const deed = deedOfPerson(userId, workspaceId, { action, target: { kind: 'session', id: familyId } }, from)
  await recorded(await platform.database(), deed, (tx) => revokeFamily(tx, familyId, platform.now()))
  forgetSession(familyId)
}

function newRefreshToken(platform: Platform): { token: string; stored: { tokenSha256: string; expiresAt: Date } } {
  const token = `lpr_${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(platform.now().getTime() + REFRESH_TOKEN_DAYS * DAY_MS)
  return { token, stored: { tokenSha256: sha256(token), expiresAt } }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export async function dropOldSessions(platform: Platform): Promise<void> {
  const db = await platform.database()
  await dropExpiredTokens(db)
  await forgetAddressesOlderThan(db, KNOWN_ADDRESS_DAYS)
  await dropOldAttempts(db)
  await dropExpiredResets(db)
  await dropExpiredVerifications(db)
}
