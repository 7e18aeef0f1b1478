import { createHash, randomBytes } from 'node:crypto'
import type { ChangeEmail } from '../../contracts/api/identity.ts'
import {
  findVerification,
  insertVerification,
  setVerifiedEmail,
  useVerification,
} from '../../storage/postgres/email-verifications.ts'
import { countAttempt } from '../../storage/postgres/login-attempts.ts'
import { type Person, findPerson, isEmailTaken, listMemberships } from '../../storage/postgres/users.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { deedOfPerson, recorded } from './audit.ts'
import { type Caller, personOf } from './authenticate.ts'
import type { CallOrigin } from './call-origin.ts'
import { LONGEST_WINDOW_SECONDS } from './login-throttle.ts'
import { emailTaken, provenPerson } from './sign-in.ts'

const TOKEN_HOURS = 24
/** Letters that one person may have sent. */
const LETTERS_PER_HOUR = 5

/** Sends the letter that proves an address; without e-mail, nothing: then nothing asks for a proof either. */
export async function sendVerification(platform: Platform, { id, email }: Pick<Person, 'id' | 'email'>): Promise<void> {
  const { sendMail, publicUrl } = platform
  if (!sendMail) return
  const token = `lpv_${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(platform.now().getTime() + TOKEN_HOURS * 3_600_000)
  const db = await platform.database()
  await insertVerification(db, { tokenSha256: sha256(token), userId: id, email, expiresAt })
  await sendMail({ to: email, subject: 'Is this your address?', text: letter(publicUrl, token) })
}

function letter(publicUrl: string, token: string): string {
  return `Somebody, probably you, gave this address for an account at ${publicUrl}.

This token says that it is yours, once, within a day:

  ${token}

Send it as {"token": "…"} to ${publicUrl}/v1/auth/email/verify
If it was not you, do nothing.
`
}

/** Once more, to whoever is signed in. */
export async function resendVerification(platform: Platform, caller: Caller): Promise<Person> {
  requireMail(platform)
  return admitted(platform, caller)
}

/** Where the letter for another address goes. The present one stays until the token has come back. */
export async function changeEmail(platform: Platform, caller: Caller, change: ChangeEmail): Promise<Person> {
  requireMail(platform)
  const person = await admitted(platform, caller)
  // Counted like a login: a stolen session must not be enough to take an account over.
  const login = { email: person.email, password: change.password }
  await provenPerson(platform, login, caller.from, 'The password is wrong.')
  if (await isEmailTaken(await platform.database(), change.email)) throw emailTaken()
  return { ...person, email: change.email }
}

async function admitted(platform: Platform, caller: Caller): Promise<Person> {
  const { userId } = personOf(caller)
  const db = await platform.database()
  const person = await findPerson(db, userId)
  if (!person) throw new Refusal(401, 'unauthorized', 'This account is no more.')
  const { count, remainingSeconds } = await countAttempt(db, sha256(`verify ${userId}`), LONGEST_WINDOW_SECONDS)
  if (count > LETTERS_PER_HOUR)
    throw new Refusal(429, 'too_many_letters', `${LETTERS_PER_HOUR} letters an hour are sent to one person.`, {
      headers: { 'retry-after': String(remainingSeconds) },
    })
  return person
}

/** Whoever has the token has the letter, and so the address. */
export async function verifyEmail(platform: Platform, token: string, from: CallOrigin): Promise<void> {
  const db = await platform.database()
  const tokenSha256 = sha256(token)
  const proof = await findVerification(db, tokenSha256, platform.now())
  const person = proof && (await findPerson(db, proof.userId))
  if (!proof || !person) throw invalidToken()
  const { userId, email } = proof
  const action = email === person.email ? 'email.verified' : 'email.changed'
  const deed = { action, target: { kind: 'person', id: userId } } as const
  const events = (await listMemberships(db, userId)).map(({ id }) => deedOfPerson(userId, id, deed, from))
  const isOurs = await recorded(db, events, async (tx) => {
    if (!(await useVerification(tx, tokenSha256))) return false
    if (!(await setVerifiedEmail(tx, userId, email))) throw emailTaken()
    return true
  })
  if (!isOurs) throw invalidToken()
}

function requireMail({ sendMail }: Platform): void {
  if (!sendMail)
    throw new Refusal(409, 'mail_not_set_up', 'This platform sends no e-mail: its operator has set no LAPIS_SMTP_URL.')
}

function invalidToken(): Refusal {
  return new Refusal(400, 'invalid_verification_token', 'This token is not, or no longer, valid. Ask for another one.')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
