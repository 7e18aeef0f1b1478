import type { Member } from '../../contracts/api/member.ts'
import { mayAssign } from '../../domain/identity/membership.ts'
import type { Role } from '../../domain/identity/role.ts'
import type { Database } from '../../storage/postgres/database.ts'
import {
  type MemberRow,
  countOwners,
  deleteMember,
  findMember,
  listMembers,
  lockWorkspace,
  setMemberRole,
} from '../../storage/postgres/members.ts'
import type { Platform } from '../platform.ts'
import { Refusal, notFound } from '../problem.ts'
import { deedOf, recorded } from './audit.ts'
import { type Caller, forgetPerson, requireScope } from './authenticate.ts'

export async function showMembers(
  platform: Platform,
  workspaceId: string,
  page: { after?: string; limit: number },
): Promise<{ members: Member[]; more: boolean }> {
  const rows = await listMembers(await platform.database(), workspaceId, { ...page, limit: page.limit + 1 })
  return { members: rows.slice(0, page.limit).map(shown), more: rows.length > page.limit }
}

export async function changeRole(platform: Platform, caller: Caller, userId: string, role: Role): Promise<Member> {
  const db = await platform.database()
  const deed = deedOf(caller, 'member.role_changed', { kind: 'person', id: userId })
  const member = await recorded(db, deed, async (tx) => {
    const current = await lockedMember(tx, caller.workspaceId, userId)
    await requirePower(tx, caller, current.role, role)
    if (role !== 'owner') await requireOwnerBeside(tx, caller.workspaceId, current)
    await setMemberRole(tx, caller.workspaceId, userId, role)
    return { ...current, role }
  })
  forgetPerson(userId)
  return shown(member)
}

/** Everybody may leave; others are removed by those who run the workspace. */
export async function removeMember(platform: Platform, caller: Caller, userId: string): Promise<void> {
  const leaves = caller.by.kind === 'person' && caller.by.userId === userId
  if (!leaves) requireScope(caller, '*')
  const deed = deedOf(caller, 'member.removed', { kind: 'person', id: userId })
  await recorded(await platform.database(), deed, async (tx) => {
    const current = await lockedMember(tx, caller.workspaceId, userId)
    if (!leaves) await requirePower(tx, caller, current.role, null)
    await requireOwnerBeside(tx, caller.workspaceId, current)
    await deleteMember(tx, caller.workspaceId, userId)
  })
  forgetPerson(userId)
}

async function lockedMember(tx: Database, workspaceId: string, userId: string): Promise<MemberRow> {
  await lockWorkspace(tx, workspaceId)
  const member = await findMember(tx, workspaceId, userId)
  if (!member) throw notFound('member')
  return member
}

/** Throws unless the caller may turn the one role into the other. */
export async function requirePower(tx: Database, caller: Caller, from: Role | null, to: Role | null): Promise<void> {
  if (mayAssign(await powerOf(tx, caller), from, to)) return
  throw new Refusal(403, 'owner_needed', 'Only an owner makes, changes or removes an owner. Sign in as one.')
}

/**
 * A key with all scopes counts as an admin, because an admin could have made it. Where there is no owner yet, as in the
 * workspace of a new installation, it makes the first one.
 */
async function powerOf(tx: Database, { workspaceId, by }: Caller): Promise<Role> {
  if (by.kind === 'person') return (await findMember(tx, workspaceId, by.userId))?.role ?? 'viewer'
  return (await countOwners(tx, workspaceId)) === 0 ? 'owner' : 'admin'
}

async function requireOwnerBeside(tx: Database, workspaceId: string, { role }: MemberRow): Promise<void> {
  if (role !== 'owner' || (await countOwners(tx, workspaceId)) > 1) return
  const detail = 'A workspace needs an owner: make somebody else one first, or delete your account with the workspace.'
  throw new Refusal(409, 'last_owner', detail)
}

function shown({ joinedAt, ...member }: MemberRow): Member {
  return { ...member, joinedAt: joinedAt.toISOString() }
}
