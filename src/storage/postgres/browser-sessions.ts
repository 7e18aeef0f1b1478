import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Role } from '../../domain/identity/role.ts'
import type { Database } from './database.ts'
import { memberships, refreshFamilies } from './identity-tables.ts'
import { browserSessions } from './people-tables.ts'
import type { NewFamily } from './refresh-tokens.ts'

export async function insertBrowserSession(db: Database, family: NewFamily): Promise<void> {
  await db.execute(sql`
    WITH family AS (
      INSERT INTO refresh_families (id, user_id, workspace_id)
      VALUES (${family.id}, ${family.userId}, ${family.workspaceId}) RETURNING id
    )
    INSERT INTO browser_sessions (token_sha256, family_id, expires_at)
    SELECT decode(${family.tokenSha256}, 'hex'), id, ${family.expiresAt.toISOString()}::timestamptz FROM family`)
}

export interface BrowserSession {
  sessionId: string
  userId: string
  workspaceId: string
  role: Role
  expiresAt: Date
}

/** Where a browser session that still stands is a member, and as what. */
export async function findBrowserSession(db: Database, tokenSha256: string): Promise<BrowserSession | undefined> {
  const [session] = await db
    .select({
      sessionId: refreshFamilies.id,
      userId: memberships.userId,
      workspaceId: memberships.workspaceId,
      role: memberships.role,
      expiresAt: browserSessions.expiresAt,
    })
    .from(browserSessions)
    .innerJoin(refreshFamilies, eq(refreshFamilies.id, browserSessions.familyId))
    .innerJoin(
      memberships,
      and(eq(memberships.workspaceId, refreshFamilies.workspaceId), eq(memberships.userId, refreshFamilies.userId)),
    )
    .where(and(eq(browserSessions.tokenSha256, tokenSha256), isNull(refreshFamilies.revokedAt)))
  return session
}
