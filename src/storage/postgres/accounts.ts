import { and, desc, eq, exists, ne, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from './database.ts'
import { knownAddresses, memberships, refreshFamilies, users, workspaces } from './identity-tables.ts'
import { monitors } from './monitor-tables.ts'
import { invitations } from './people-tables.ts'
import { apiKeys, crawls } from './tables.ts'

/** Workspaces that have no other owner. */
export async function soleWorkspaces(db: Database, userId: string): Promise<string[]> {
  const beside = alias(memberships, 'beside')
  const otherOwner = db
    .select({ one: sql`1` })
    .from(beside)
    .where(and(eq(beside.workspaceId, memberships.workspaceId), eq(beside.role, 'owner'), ne(beside.userId, userId)))
  const rows = await db
    .select({ id: memberships.workspaceId })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.role, 'owner'), notExists(otherOwner)))
  return rows.map(({ id }) => id)
}

/** Takes everything from a workspace that lets anybody in, but for one person: nothing new comes to be in it. */
export async function closeWorkspace(tx: Database, id: string, exceptUserId: string): Promise<void> {
  await tx.delete(apiKeys).where(eq(apiKeys.workspaceId, id))
  await tx.delete(invitations).where(eq(invitations.workspaceId, id))
  await tx.delete(memberships).where(and(eq(memberships.workspaceId, id), ne(memberships.userId, exceptUserId)))
}

/** False while there are crawls or monitors in it, which have more to them than rows. */
export async function deleteEmptyWorkspace(tx: Database, id: string): Promise<boolean> {
  const one = { one: sql`1` }
  const itsCrawls = tx.select(one).from(crawls).where(eq(crawls.workspaceId, id))
  const itsMonitors = tx.select(one).from(monitors).where(eq(monitors.workspaceId, id))
  await tx.delete(workspaces).where(and(eq(workspaces.id, id), notExists(itsCrawls), notExists(itsMonitors)))
  const left = await tx
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(and(eq(workspaces.id, id), or(exists(itsCrawls), exists(itsMonitors))))
  return left.length === 0
}

/** The person, with memberships, sign-ins and known addresses, and the invitations to their e-mail. False when gone before. */
export async function deletePerson(tx: Database, userId: string): Promise<boolean> {
  const [gone] = await tx.delete(users).where(eq(users.id, userId)).returning({ email: users.email })
  if (!gone) return false
  await tx.delete(invitations).where(eq(invitations.email, gone.email))
  return true
}

/** What is kept of a person beside their memberships and the audit log. */
export async function findPersonalRecord(db: Database, userId: string) {
  const [user] = await db
    .select({ id: users.id, email: users.email, name: users.name, createdAt: users.createdAt })
    .from(users)
    .where(eq(users.id, userId))
  if (!user) return undefined
  const sessions = await db
    .select({
      id: refreshFamilies.id,
      workspaceId: refreshFamilies.workspaceId,
      createdAt: refreshFamilies.createdAt,
      endedAt: refreshFamilies.revokedAt,
    })
    .from(refreshFamilies)
    .where(eq(refreshFamilies.userId, userId))
    .orderBy(desc(refreshFamilies.id))
  const addresses = await db
    .select({ seenAt: knownAddresses.seenAt })
    .from(knownAddresses)
    .where(eq(knownAddresses.userId, userId))
  const invited = await db
    .select({ id: invitations.id, role: invitations.role, createdAt: invitations.createdAt })
    .from(invitations)
    .where(eq(invitations.email, user.email))
  return { user, sessions, addresses, invitations: invited }
}
