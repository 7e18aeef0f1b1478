import { createHash } from 'node:crypto'
import { scopesOf } from '../../domain/identity/role.ts'
import { findKeyHolder, noteKeyUse } from '../../storage/postgres/api-keys.ts'
import { findBrowserSession } from '../../storage/postgres/browser-sessions.ts'
import { findStanding } from '../../storage/postgres/refresh-tokens.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { readAccessToken } from './access-token.ts'
import type { CallOrigin } from './call-origin.ts'

/** Who calls, and on whose behalf. */
export interface Caller {
  workspaceId: string
  scopes: readonly string[]
  by: { kind: 'key'; keyId: string } | { kind: 'person'; userId: string; sessionId: string }
  from: CallOrigin
}

/** How a call comes in. */
interface Arrival {
  from: CallOrigin
  /** Asked before a credential that is not remembered is looked up, which costs: may refuse. */
  beforeLookUp: () => Promise<void>
}

/** As it is remembered: the same from wherever it is used. */
type Holder = Omit<Caller, 'from'>

/** A caller, and the time from which the credential is no longer good. */
interface Admitted {
  holder: Holder
  expiresAt: Date | null
}

/** How long what was revoked may still be let in by an isolate that knew it: the price of not asking Postgres every time. */
const REMEMBER_MS = 15_000
/** A write per request would cost more than most requests; people ask which keys are still in use, not for the second. */
const USE_NOTED_EVERY_MS = 60_000
const MAX_REMEMBERED = 1_000

/** By the digest of the token; what browsers hold is apart, because a cookie must not be good as a key. */
const remembered = new Map<string, { admitted: Admitted; until: number }>()

/** Who calls, by API key or access token. Every way of getting it wrong is answered alike. */
export async function authenticate(
  platform: Platform,
  authorization: string | undefined,
  arrival: Arrival,
): Promise<Caller> {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) await arrival.beforeLookUp()
  if (token === undefined) throw unauthorized('Send an API key or access token as "Authorization: Bearer …".')
  const digest = sha256(token)
  const find = () => (isJwt(token) ? byAccessToken(platform, token) : byKey(platform, digest))
  return calledBy(platform, { place: digest, find }, arrival)
}

/** Who calls, by the cookie of a browser session. */
export function authenticateBrowser(platform: Platform, token: string, arrival: Arrival): Promise<Caller> {
  const digest = sha256(token)
  return calledBy(platform, { place: `cookie ${digest}`, find: () => byBrowserSession(platform, digest) }, arrival)
}

interface Credential {
  /** The place in what is remembered. */
  place: string
  find: () => Promise<Admitted | undefined>
}

async function calledBy(platform: Platform, credential: Credential, arrival: Arrival): Promise<Caller> {
  const admitted = await admittedBy(platform, credential, arrival)
  if (!admitted || (admitted.expiresAt && admitted.expiresAt <= platform.now()))
    throw unauthorized('This key, token or session is not known, or no longer valid.')
  return { ...admitted.holder, from: arrival.from }
}

async function admittedBy(
  platform: Platform,
  { place, find }: Credential,
  { beforeLookUp }: Arrival,
): Promise<Admitted | undefined> {
  const known = remembered.get(place)
  const now = platform.now().getTime()
  if (known && known.until > now) return known.admitted
  remembered.delete(place)
  await beforeLookUp()
  const admitted = await find()
  if (!admitted) return undefined
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  remembered.set(place, { admitted, until: now + REMEMBER_MS })
  return admitted
}

/** RFC 7519 §3: three parts with dots between them; a key of ours has none. */
function isJwt(token: string): boolean {
  return token.split('.').length === 3
}

async function byKey(platform: Platform, digest: string): Promise<Admitted | undefined> {
  const db = await platform.database()
  const holder = await findKeyHolder(db, digest)
  const now = platform.now()
  if (!holder || holder.revokedAt || (holder.expiresAt && holder.expiresAt <= now)) return undefined
  const { workspaceId, keyId, scopes, expiresAt, lastUsedAt } = holder
  if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() > USE_NOTED_EVERY_MS) await noteKeyUse(db, keyId, now)
  return { holder: { workspaceId, scopes, by: { kind: 'key', keyId } }, expiresAt }
}

async function byAccessToken(platform: Platform, token: string): Promise<Admitted | undefined> {
  const signIn = await readAccessToken(platform.tokenSecrets, token, platform.now())
  if (!signIn) return undefined
  const { userId, sessionId, expiresAt } = signIn
  const standing = await findStanding(await platform.database(), sessionId)
  if (standing?.userId !== userId) return undefined
  const { workspaceId, role } = standing
  return { holder: { workspaceId, scopes: scopesOf(role), by: { kind: 'person', userId, sessionId } }, expiresAt }
}

async function byBrowserSession(platform: Platform, digest: string): Promise<Admitted | undefined> {
  const session = await findBrowserSession(await platform.database(), digest)
  if (!session) return undefined
  const { userId, sessionId, workspaceId, role, expiresAt } = session
  return { holder: { workspaceId, scopes: scopesOf(role), by: { kind: 'person', userId, sessionId } }, expiresAt }
}

/** Ends a key at once in this isolate; others notice within REMEMBER_MS. */
export function forgetKey(keyId: string): void {
  forget(({ by }) => by.kind === 'key' && by.keyId === keyId)
}

/** Ends a sign-in's access tokens likewise. */
export function forgetSession(sessionId: string): void {
  forget(({ by }) => by.kind === 'person' && by.sessionId === sessionId)
}

/** Ends all of a person's sign-ins, or all but one. */
export function forgetPerson(userId: string, exceptSessionId?: string): void {
  forget(({ by }) => by.kind === 'person' && by.userId === userId && by.sessionId !== exceptSessionId)
}

/** Ends whatever opens a workspace. */
export function forgetWorkspace(workspaceId: string): void {
  forget((holder) => holder.workspaceId === workspaceId)
}

function forget(isOver: (holder: Holder) => boolean): void {
  for (const [place, { admitted }] of remembered) if (isOver(admitted.holder)) remembered.delete(place)
}

function unauthorized(detail: string): Refusal {
  return new Refusal(401, 'unauthorized', detail, { headers: { 'www-authenticate': 'Bearer' } })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function personOf({ by }: Caller): { userId: string; sessionId: string } {
  if (by.kind === 'person') return by
  throw new Refusal(403, 'person_needed', 'An API key belongs to a workspace, not to a person. Sign in for this call.')
}

export function requireScope(caller: Caller, ...scopes: [string, ...string[]]): void {
  if (caller.scopes.includes('*') || scopes.some((scope) => caller.scopes.includes(scope))) return
  throw new Refusal(
    403,
    'insufficient_scope',
    `This call needs the scope ${scopes.map((scope) => `"${scope}"`).join(' or ')}; the caller has: ${caller.scopes.join(', ') || 'none'}.`,
  )
}
