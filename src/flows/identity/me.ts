import type { ChangeMe, Me } from '../../contracts/api/identity.ts'
import { isEmailVerified } from '../../storage/postgres/email-verifications.ts'
import { findPerson, listMemberships, renamePerson } from '../../storage/postgres/users.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { deedOf, recorded } from './audit.ts'
import { type Caller, personOf } from './authenticate.ts'

export async function showMe(platform: Platform, caller: Caller): Promise<Me> {
  const { userId } = personOf(caller)
  const db = await platform.database()
  const user = await findPerson(db, userId)
  if (!user) throw new Refusal(401, 'unauthorized', 'This account is no more.')
  return { user, emailVerified: await isEmailVerified(db, userId), workspaces: await listMemberships(db, userId) }
}

export async function changeMe(platform: Platform, caller: Caller, change: ChangeMe): Promise<Me> {
  const { userId: id } = personOf(caller)
  const deed = deedOf(caller, 'account.renamed', { kind: 'person', id })
  await recorded(await platform.database(), deed, (tx) => renamePerson(tx, id, change.name))
  return showMe(platform, caller)
}
