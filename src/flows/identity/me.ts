import type { ChangeMe, Me } from '../../contracts/api/identity.ts'
import { findPerson, listMemberships, renamePerson } from '../../storage/postgres/users.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import type { Caller } from './authenticate.ts'

export async function showMe(platform: Platform, caller: Caller): Promise<Me> {
  const userId = personOf(caller)
  const db = await platform.database()
  const user = await findPerson(db, userId)
  if (!user) throw new Refusal(401, 'unauthorized', 'This account is no more.')
  return { user, workspaces: await listMemberships(db, userId) }
}

export async function changeMe(platform: Platform, caller: Caller, change: ChangeMe): Promise<Me> {
  await renamePerson(await platform.database(), personOf(caller), change.name)
  return showMe(platform, caller)
}

function personOf({ by }: Caller): string {
  if (by.kind === 'person') return by.userId
  throw new Refusal(403, 'person_needed', 'An API key belongs to a workspace, not to a person. Sign in for this call.')
}
