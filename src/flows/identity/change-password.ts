import { createHash, randomBytes } from 'node:crypto'
import type { ChangePassword, ResetPassword } from '../../contracts/api/password.ts'
import type { NewAuditEvent } from '../../storage/postgres/audit-events.ts'
import type { Database } from '../../storage/postgres/database.ts'
import { countAttempt } from '../../storage/postgres/login-attempts.ts'
import { dropResetsOf, findReset, insertReset, useReset } from '../../storage/postgres/password-resets.ts'
import { revokeFamiliesOf } from '../../storage/postgres/refresh-tokens.ts'
import { findPerson, findPersonByEmail, listMemberships, replacePasswordHash } from '../../storage/postgres/users.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { deedOfPerson, recorded } from './audit.ts'
import { type Caller, forgetPerson, personOf } from './authenticate.ts'
import type { CallOrigin } from './call-origin.ts'
import { LONGEST_WINDOW_SECONDS } from './login-throttle.ts'
import { hashPassword } from './password-hash.ts'
import { provenPerson, requireStrong } from './sign-in.ts'

const RESET_MINUTES = 60
/** Letters to one person; more would be a nuisance that others can make. */
const RESETS_PER_HOUR = 3

/** Whoever is signed in elsewhere is signed out, in case the old password was known to somebody. */
export async function changePassword(platform: Platform, caller: Caller, change: ChangePassword): Promise<void> {
  const { userId, sessionId } = personOf(caller)
  const db = await platform.database()
  const person = await findPerson(db, userId)
  if (!person) throw new Refusal(401, 'unauthorized', 'This account is no more.')
  requireStrong(change.newPassword, person.email)
  // Counted like a login: a stolen session is no place to guess from.
  const login = { email: person.email, password: change.currentPassword }
  await provenPerson(platform, login, caller.from, 'The current password is wrong.')
  const passwordHash = await hashPassword(change.newPassword)
  const events = await toldEverywhere(db, userId, 'password.changed', caller.from)
  await recorded(db, events, (tx) => setPassword(tx, { userId, passwordHash, keep: sessionId }, platform.now()))
  forgetPerson(userId, sessionId)
}

/**
 * Sends a letter with a token, to whom there is an account for. The caller is not told which; nor by the time it takes, as
 * long as nobody waits for this.
 */
export async function forgotPassword(platform: Platform, email: string, from: CallOrigin): Promise<void> {
  const { sendMail } = platform
  if (!sendMail) return
  const db = await platform.database()
  const person = await findPersonByEmail(db, email)
  if (!person) return
  const { count } = await countAttempt(db, sha256(`reset ${person.id}`), LONGEST_WINDOW_SECONDS)
  if (count > RESETS_PER_HOUR) return
  const token = `lpp_${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(platform.now().getTime() + RESET_MINUTES * 60_000)
  const events = await toldEverywhere(db, person.id, 'password.reset_requested', from)
  await recorded(db, events, (tx) => insertReset(tx, { tokenSha256: sha256(token), userId: person.id, expiresAt }))
  await sendMail({ to: person.email, subject: 'Your Lapis Spider password', text: resetLetter(platform, token) })
}

function resetLetter({ publicUrl }: Platform, token: string): string {
  return `Somebody, probably you, asked for a new password for your account at ${publicUrl}.

This token sets one, once, within an hour:

  ${token}

Send it as {"token": "…", "password": "…"} to ${publicUrl}/v1/auth/password/reset
If it was not you, do nothing: your password stays.
`
}

export async function resetPassword(platform: Platform, reset: ResetPassword, from: CallOrigin): Promise<void> {
  const db = await platform.database()
  const tokenSha256 = sha256(reset.token)
  const whose = await findReset(db, tokenSha256, platform.now())
  if (!whose) throw invalidReset()
  requireStrong(reset.password, whose.email)
  const passwordHash = await hashPassword(reset.password)
  const events = await toldEverywhere(db, whose.userId, 'password.reset', from)
  const isOurs = await recorded(db, events, async (tx) => {
    if (!(await useReset(tx, tokenSha256))) return false
    await setPassword(tx, { userId: whose.userId, passwordHash }, platform.now())
    return true
  })
  if (!isOurs) throw invalidReset()
  forgetPerson(whose.userId)
}

function invalidReset(): Refusal {
  return new Refusal(400, 'invalid_reset_token', 'This token is not, or no longer, valid. Ask for another one.')
}

async function setPassword(
  tx: Database,
  { userId, passwordHash, keep }: { userId: string; passwordHash: string; keep?: string },
  now: Date,
): Promise<void> {
  await replacePasswordHash(tx, userId, passwordHash)
  await dropResetsOf(tx, userId)
  await revokeFamiliesOf(tx, userId, now, keep)
}

/** A password opens all workspaces of its person, so that all of them have it in their log. */
async function toldEverywhere(
  db: Database,
  userId: string,
  action: 'password.changed' | 'password.reset' | 'password.reset_requested',
  from: CallOrigin,
): Promise<NewAuditEvent[]> {
  const memberships = await listMemberships(db, userId)
  const deed = { action, target: { kind: 'person', id: userId } } as const
  return memberships.map(({ id }) => deedOfPerson(userId, id, deed, from))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
