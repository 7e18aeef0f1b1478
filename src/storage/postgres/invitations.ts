import { and, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { workspaces } from './identity-tables.ts'
import { invitations } from './people-tables.ts'

export type InvitationRow = typeof invitations.$inferSelect

/** False when the e-mail is invited already. One that has expired makes room. */
export async function insertInvitation(tx: Database, row: InvitationRow): Promise<boolean> {
  const { workspaceId, email, createdAt } = row
  const isSame = and(eq(invitations.workspaceId, workspaceId), eq(invitations.email, email))
  await tx.delete(invitations).where(and(isSame, lt(invitations.expiresAt, createdAt)))
  const made = await tx.insert(invitations).values(row).onConflictDoNothing().returning({ id: invitations.id })
  return made.length > 0
}

/** Newest first; ids are UUIDv7. */
export function listInvitations(
  db: Database,
  workspaceId: string,
  page: { before?: string; limit: number },
): Promise<InvitationRow[]> {
  const from = page.before === undefined ? undefined : lt(invitations.id, page.before)
  return db
    .select()
    .from(invitations)
    .where(and(eq(invitations.workspaceId, workspaceId), gt(invitations.expiresAt, sql`now()`), from))
    .orderBy(desc(invitations.id))
    .limit(page.limit)
}

/** False when there is none. */
export async function deleteInvitation(db: Database, workspaceId: string, id: string): Promise<boolean> {
  const gone = await db
    .delete(invitations)
    .where(and(eq(invitations.workspaceId, workspaceId), eq(invitations.id, id)))
    .returning({ id: invitations.id })
  return gone.length > 0
}

export type OpenInvitation = InvitationRow & { workspaceName: string }

export async function findInvitation(
  db: Database,
  tokenSha256: string,
  now: Date,
): Promise<OpenInvitation | undefined> {
  const [found] = await db
    .select({ invitation: invitations, workspaceName: workspaces.name })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .where(and(eq(invitations.tokenSha256, tokenSha256), gt(invitations.expiresAt, now)))
  return found && { ...found.invitation, workspaceName: found.workspaceName }
}

export async function dropExpiredInvitations(db: Database): Promise<void> {
  await db.delete(invitations).where(lt(invitations.expiresAt, sql`now()`))
}
