import { and, asc, count, eq, gt, sql } from 'drizzle-orm'
import type { Role } from '../../domain/identity/role.ts'
import type { Database } from './database.ts'
import { memberships, users, workspaces } from './identity-tables.ts'

export interface MemberRow {
  id: string
  email: string
  name: string | null
  role: Role
  joinedAt: Date
}

const MEMBER = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: memberships.role,
  joinedAt: memberships.createdAt,
}

/**
 * Makes changes of a workspace's people wait for one another, so that of two owners who remove each other one stays. Nothing
 * new can be made in the workspace meanwhile. Undefined when there is no such workspace any more.
 */
export async function lockWorkspace(tx: Database, id: string): Promise<{ id: string; name: string } | undefined> {
  const [workspace] = await tx
    .select({ id: workspaces.id, name: workspaces.name })
    .from(workspaces)
    .where(eq(workspaces.id, id))
    .for('update')
  return workspace
}

/** In the order of their ids. */
export function listMembers(
  db: Database,
  workspaceId: string,
  page: { after?: string; limit: number },
): Promise<MemberRow[]> {
  const from = page.after === undefined ? undefined : gt(memberships.userId, page.after)
  return db
    .select(MEMBER)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.workspaceId, workspaceId), from))
    .orderBy(asc(memberships.userId))
    .limit(page.limit)
}

export async function findMember(db: Database, workspaceId: string, userId: string): Promise<MemberRow | undefined> {
  const [member] = await db
    .select(MEMBER)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)))
  return member
}

export async function isMemberByEmail(db: Database, workspaceId: string, email: string): Promise<boolean> {
  const found = await db
    .select({ id: users.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.workspaceId, workspaceId), eq(users.email, email)))
  return found.length > 0
}

export async function countOwners(db: Database, workspaceId: string): Promise<number> {
  const [row] = await db
    .select({ owners: count() })
    .from(memberships)
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.role, 'owner')))
  return row?.owners ?? 0
}

export async function insertMember(db: Database, workspaceId: string, userId: string, role: Role): Promise<void> {
  await db
    .insert(memberships)
    .values({ workspaceId, userId, role, createdAt: sql`now()` })
    .onConflictDoNothing()
}

export async function setMemberRole(db: Database, workspaceId: string, userId: string, role: Role): Promise<void> {
  await db
    .update(memberships)
    .set({ role })
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)))
}

/** Their sign-ins to the workspace go with it. */
export async function deleteMember(db: Database, workspaceId: string, userId: string): Promise<void> {
  await db.delete(memberships).where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)))
}

/** Who is told of what the platform had to do by itself. */
export async function ownerAddresses(db: Database, workspaceId: string): Promise<string[]> {
  const rows = await db
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.role, 'owner')))
  return rows.map(({ email }) => email)
}
