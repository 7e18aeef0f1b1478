import { v7 as uuidv7 } from 'uuid'
import type { Login, Register, SignedIn } from '../../contracts/api/identity.ts'
import { passwordWeakness } from '../../domain/identity/password.ts'
import { inTransaction } from '../../storage/postgres/database.ts'
import {
  type Person,
  findAccount,
  insertPerson,
  insertWorkspaceOf,
  isEmailTaken,
  listMemberships,
  rememberAddress,
  replacePasswordHash,
} from '../../storage/postgres/users.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { deedOfPerson, recorded } from './audit.ts'
import type { CallOrigin } from './call-origin.ts'
import { addressKey, admitAttempt, attemptOn, attemptSucceeded } from './login-throttle.ts'
import { hashPassword, isOutdated, passwordMatches } from './password-hash.ts'
import { openSession } from './session.ts'

/** A person with a workspace of their own, signed in. */
export async function register(platform: Platform, wanted: Register, from: CallOrigin): Promise<SignedIn> {
  if (!platform.isRegistrationOpen)
    throw new Refusal(403, 'registration_closed', 'This platform takes no new accounts.')
  const { email, password, name = null } = wanted
  requireStrong(password, email)
  const db = await platform.database()
  // Asked before the hash, which is the dear part; insertPerson decides.
  if (await isEmailTaken(db, email)) throw emailTaken()
  const user = { id: uuidv7(), email, name }
  const workspace = newWorkspace(email, name)
  const person = { ...user, passwordHash: await hashPassword(password), workspace }
  const registered = { action: 'account.registered', target: { kind: 'person', id: user.id } } as const
  const deed = deedOfPerson(user.id, workspace.id, registered, from)
  const isOurs = await recorded(db, deed, (tx) => insertPerson(tx, person))
  if (!isOurs) throw emailTaken()
  await rememberAddress(db, user.id, addressKey(from.network))
  const tokens = await openSession(platform, { userId: user.id, workspaceId: workspace.id, from })
  return { ...tokens, user, workspace: { ...workspace, role: 'owner' } }
}

export function emailTaken(): Refusal {
  return new Refusal(409, 'email_taken', 'There is an account with this e-mail address.')
}

/** By e-mail and password. */
export async function logIn(platform: Platform, login: Login, from: CallOrigin): Promise<SignedIn> {
  const { user, workspace } = await proven(platform, login, from)
  const tokens = await openSession(platform, { userId: user.id, workspaceId: workspace.id, from })
  return { ...tokens, user, workspace }
}

/** Who proves to be a person, and the workspace that they want to work in: the first one that they joined, unless they say which. */
export async function proven(
  platform: Platform,
  login: Login,
  from: CallOrigin,
): Promise<Pick<SignedIn, 'user' | 'workspace'>> {
  const { email, password, workspaceId } = login
  const user = await provenPerson(platform, { email, password }, from)
  const memberships = await listMemberships(await platform.database(), user.id)
  if (memberships.length === 0) return { user, workspace: await ownWorkspace(platform, user) }
  const workspace = workspaceId === undefined ? memberships[0] : memberships.find(({ id }) => id === workspaceId)
  if (!workspace) throw new Refusal(403, 'no_workspace', 'This account does not belong to this workspace.')
  return { user, workspace }
}

/** Who has left every workspace starts anew, as a new person would; else they could not even delete their account. */
async function ownWorkspace(platform: Platform, { id, email, name }: Person): Promise<SignedIn['workspace']> {
  if (!platform.isRegistrationOpen)
    throw new Refusal(403, 'no_workspace', 'This account belongs to no workspace any more.')
  const workspace = newWorkspace(email, name)
  await inTransaction(await platform.database(), (tx) => insertWorkspaceOf(tx, id, workspace))
  return { ...workspace, role: 'owner' }
}

function newWorkspace(email: string, name: string | null): { id: string; name: string } {
  return { id: uuidv7(), name: `${name ?? email.split('@')[0]}'s workspace` }
}

/** An unknown e-mail is answered like a wrong password, in the same time. `wrong` says it to somebody who is known already. */
export async function provenPerson(
  platform: Platform,
  { email, password }: { email: string; password: string },
  from: CallOrigin,
  wrong = 'The e-mail address or the password is wrong.',
): Promise<Person> {
  const db = await platform.database()
  const account = await findAccount(db, email, addressKey(from.network))
  const attempt = attemptOn(email, from.network, account)
  await admitAttempt(db, attempt)
  const isRight = await passwordMatches(password, account?.passwordHash)
  if (!account || !isRight) throw new Refusal(401, 'invalid_credentials', wrong)
  await attemptSucceeded(db, attempt)
  await rememberAddress(db, account.id, addressKey(from.network))
  if (isOutdated(account.passwordHash)) await replacePasswordHash(db, account.id, await hashPassword(password))
  return { id: account.id, email, name: account.name }
}

export function requireStrong(password: string, email: string): void {
  const weakness = passwordWeakness(password, email)
  if (weakness !== undefined) throw new Refusal(400, 'weak_password', `Choose another password. ${weakness}`)
}
