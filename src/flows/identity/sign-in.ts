import { v7 as uuidv7 } from 'uuid'
import type { Login, Register, SignedIn } from '../../contracts/api/identity.ts'
import { passwordWeakness } from '../../domain/identity/password.ts'
import type { Database } from '../../storage/postgres/database.ts'
import {
  type Account,
  findAccount,
  insertPerson,
  isEmailTaken,
  listMemberships,
  rememberAddress,
  replacePasswordHash,
} from '../../storage/postgres/users.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { addressKey, admitAttempt, attemptOn, attemptSucceeded } from './login-throttle.ts'
import { hashPassword, isOutdated, passwordMatches } from './password-hash.ts'
import { openSession } from './session.ts'

/** A person with a workspace of their own, signed in. */
export async function register(platform: Platform, wanted: Register, address: string): Promise<SignedIn> {
  if (!platform.isRegistrationOpen)
    throw new Refusal(403, 'registration_closed', 'This platform takes no new accounts.')
  const { email, password, name = null } = wanted
  const weakness = passwordWeakness(password, email)
  if (weakness !== undefined) throw new Refusal(400, 'weak_password', `Choose another password. ${weakness}`)
  const db = await platform.database()
  // Asked before the hash, which is the dear part; insertPerson decides.
  if (await isEmailTaken(db, email)) throw emailTaken()
  const user = { id: uuidv7(), email, name }
  const workspace = { id: uuidv7(), name: `${name ?? email.split('@')[0]}'s workspace` }
  const isOurs = await insertPerson(db, { ...user, passwordHash: await hashPassword(password), workspace })
  if (!isOurs) throw emailTaken()
  await rememberAddress(db, user.id, addressKey(address))
  return { ...(await openSession(platform, user.id, workspace.id)), user, workspace: { ...workspace, role: 'owner' } }
}

function emailTaken(): Refusal {
  return new Refusal(409, 'email_taken', 'There is an account with this e-mail address.')
}

/** By e-mail and password. An unknown e-mail is answered like a wrong password, in the same time. */
export async function logIn(platform: Platform, { email, password }: Login, address: string): Promise<SignedIn> {
  const db = await platform.database()
  const account = await findAccount(db, email, addressKey(address))
  const attempt = attemptOn(email, address, account)
  await admitAttempt(db, attempt)
  const isRight = await passwordMatches(password, account?.passwordHash)
  if (!account || !isRight)
    throw new Refusal(401, 'invalid_credentials', 'The e-mail address or the password is wrong.')
  await attemptSucceeded(db, attempt)
  await rememberAddress(db, account.id, addressKey(address))
  if (isOutdated(account.passwordHash)) await replacePasswordHash(db, account.id, await hashPassword(password))
  return signedIn(platform, db, account)
}

async function signedIn(platform: Platform, db: Database, { id, email, name }: Account): Promise<SignedIn> {
  const [workspace] = await listMemberships(db, id)
  if (!workspace) throw new Refusal(403, 'no_workspace', 'This account belongs to no workspace any more.')
  return { ...(await openSession(platform, id, workspace.id)), user: { id, email, name }, workspace }
}
