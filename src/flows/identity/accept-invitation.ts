import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { SignedIn } from '../../contracts/api/identity.ts'
import type { AcceptInvitation } from '../../contracts/api/member.ts'
import { type OpenInvitation, deleteInvitation, findInvitation } from '../../storage/postgres/invitations.ts'
import { insertMember } from '../../storage/postgres/members.ts'
import { type Person, findPersonByEmail, insertInvited } from '../../storage/postgres/users.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { deedOfPerson, recorded } from './audit.ts'
import type { CallOrigin } from './call-origin.ts'
import { hashPassword } from './password-hash.ts'
import { openSession } from './session.ts'
import { provenPerson, requireStrong } from './sign-in.ts'

/** Who comes: a person who has shown who they are, or one that is yet to be made. */
type Comer = Person & { passwordHash?: string }

/**
 * Lets in who has the token and the password of the invited e-mail's account; where there is no such account, it is made,
 * also where registration is closed.
 */
export async function acceptInvitation(
  platform: Platform,
  wanted: AcceptInvitation,
  from: CallOrigin,
): Promise<SignedIn> {
  const db = await platform.database()
  const tokenSha256 = createHash('sha256').update(wanted.token).digest('hex')
  const invitation = await findInvitation(db, tokenSha256, platform.now())
  if (!invitation) throw invalidInvitation()
  const comer = await comerOf(platform, invitation, wanted, from)
  await join(platform, invitation, comer, from)
  const { workspaceId, workspaceName, role } = invitation
  const tokens = await openSession(platform, { userId: comer.id, workspaceId, from })
  const { id, email, name } = comer
  return { ...tokens, user: { id, email, name }, workspace: { id: workspaceId, name: workspaceName, role } }
}

async function comerOf(
  platform: Platform,
  { email }: OpenInvitation,
  { password, name }: AcceptInvitation,
  from: CallOrigin,
): Promise<Comer> {
  if (await findPersonByEmail(await platform.database(), email))
    return provenPerson(platform, { email, password }, from, 'The password of the account that is invited is wrong.')
  requireStrong(password, email)
  return { id: uuidv7(), email, name: name ?? null, passwordHash: await hashPassword(password) }
}

async function join(platform: Platform, invitation: OpenInvitation, comer: Comer, from: CallOrigin): Promise<void> {
  const { id, workspaceId, role } = invitation
  const { passwordHash, ...person } = comer
  const accepted = { action: 'invitation.accepted', target: { kind: 'invitation', id } } as const
  const deed = deedOfPerson(person.id, workspaceId, accepted, from)
  const isOurs = await recorded(await platform.database(), deed, async (tx) => {
    if (!(await deleteInvitation(tx, workspaceId, id))) return false
    if (passwordHash !== undefined && !(await insertInvited(tx, { ...person, passwordHash })))
      throw new Refusal(409, 'email_taken', 'An account with this e-mail was made just now. Send its password.')
    await insertMember(tx, workspaceId, person.id, role)
    return true
  })
  if (!isOurs) throw invalidInvitation()
}

function invalidInvitation(): Refusal {
  return new Refusal(400, 'invalid_invitation', 'This invitation is not, or no longer, open. Ask for another one.')
}
