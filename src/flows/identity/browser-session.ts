import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Login, SignedIn } from '../../contracts/api/identity.ts'
import { insertBrowserSession } from '../../storage/postgres/browser-sessions.ts'
import type { Platform } from '../platform.ts'
import { deedOfPerson, recorded } from './audit.ts'
import { type Caller, personOf } from './authenticate.ts'
import type { CallOrigin } from './call-origin.ts'
import { endSession } from './session.ts'
import { proven } from './sign-in.ts'

export const BROWSER_SESSION_SECONDS = 30 * 24 * 60 * 60

interface OpenedInBrowser extends Pick<SignedIn, 'user' | 'workspace'> {
  /** For the cookie only. */
  token: string
}

/** Signs in a browser, which keeps the token where scripts can't read it. */
export async function openBrowserSession(platform: Platform, login: Login, from: CallOrigin): Promise<OpenedInBrowser> {
  const { user, workspace } = await proven(platform, login, from)
  const token = randomBytes(32).toString('base64url')
  const family = {
    id: uuidv7(),
    userId: user.id,
    workspaceId: workspace.id,
    tokenSha256: sha256(token).toString('hex'),
    expiresAt: new Date(platform.now().getTime() + BROWSER_SESSION_SECONDS * 1_000),
  }
  const opened = { action: 'session.opened', target: { kind: 'session', id: family.id } } as const
  await recorded(await platform.database(), deedOfPerson(user.id, workspace.id, opened, from), (tx) =>
    insertBrowserSession(tx, family),
  )
  return { token, user, workspace }
}

export async function closeBrowserSession(platform: Platform, caller: Caller): Promise<void> {
  const { userId, sessionId } = personOf(caller)
  const session = { familyId: sessionId, userId, workspaceId: caller.workspaceId }
  await endSession(platform, session, 'session.closed', caller.from)
}

/**
 * What a page of ours sends along to show that the call is its own: another site can make a browser send the cookie, but
 * neither read it nor this. Derived from the cookie's token, so that there is nothing to keep.
 */
export function csrfTokenOf(token: string): string {
  return sha256(`csrf ${token}`).toString('base64url')
}

export function isCsrfTokenOf(token: string, given: string | undefined): boolean {
  return timingSafeEqual(sha256(csrfTokenOf(token)), sha256(given ?? ''))
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
