import { and, eq, isNull, notExists, sql } from 'drizzle-orm'
import type { Role } from '../../domain/identity/role.ts'
import type { Database } from './database.ts'
import { memberships, refreshFamilies, refreshTokens } from './identity-tables.ts'

export interface NewFamily {
  id: string
  userId: string
  workspaceId: string
  tokenSha256: string
  expiresAt: Date
}

export async function insertFamily(db: Database, family: NewFamily): Promise<void> {
  await db.execute(sql`
    WITH family AS (
      INSERT INTO refresh_families (id, user_id, workspace_id)
      VALUES (${family.id}, ${family.userId}, ${family.workspaceId}) RETURNING id
    )
    INSERT INTO refresh_tokens (token_sha256, family_id, expires_at)
    SELECT decode(${family.tokenSha256}, 'hex'), id, ${family.expiresAt.toISOString()}::timestamptz FROM family`)
}

/** The sign-in that a refresh goes on with. */
export interface Continued {
  familyId: string
  userId: string
}

/**
 * Uses up a token and stores the next of its family, in one statement: the row lock of the UPDATE lets one of any number of
 * simultaneous refreshes through; the others find it used.
 */
export async function exchangeToken(
  db: Database,
  tokenSha256: string,
  next: { tokenSha256: string; expiresAt: Date },
  now: Date,
): Promise<Continued | undefined> {
  const { rows } = await db.execute<{ family_id: string; user_id: string }>(sql`
    WITH used AS (
      UPDATE refresh_tokens SET used_at = ${now.toISOString()}::timestamptz
      FROM refresh_families family
      WHERE token_sha256 = decode(${tokenSha256}, 'hex') AND used_at IS NULL AND expires_at > ${now.toISOString()}::timestamptz
        AND family.id = family_id AND family.revoked_at IS NULL
      RETURNING family_id, family.user_id
    ), stored AS (
      INSERT INTO refresh_tokens (token_sha256, family_id, expires_at)
      SELECT decode(${next.tokenSha256}, 'hex'), family_id, ${next.expiresAt.toISOString()}::timestamptz FROM used
    )
    SELECT family_id, user_id FROM used`)
  const [used] = rows
  return used && { familyId: used.family_id, userId: used.user_id }
}

export async function findToken(
  db: Database,
  tokenSha256: string,
): Promise<{ familyId: string; isUsed: boolean } | undefined> {
  const [token] = await db
    .select({ familyId: refreshTokens.familyId, usedAt: refreshTokens.usedAt })
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenSha256, tokenSha256))
  return token && { familyId: token.familyId, isUsed: token.usedAt !== null }
}

export async function revokeFamily(db: Database, familyId: string, now: Date): Promise<void> {
  await db
    .update(refreshFamilies)
    .set({ revokedAt: now })
    .where(and(eq(refreshFamilies.id, familyId), isNull(refreshFamilies.revokedAt)))
}

/** Where a sign-in that still stands is a member, and as what. */
export async function findStanding(
  db: Database,
  familyId: string,
): Promise<{ userId: string; workspaceId: string; role: Role } | undefined> {
  const [standing] = await db
    .select({ userId: memberships.userId, workspaceId: memberships.workspaceId, role: memberships.role })
    .from(refreshFamilies)
    .innerJoin(
      memberships,
      and(eq(memberships.workspaceId, refreshFamilies.workspaceId), eq(memberships.userId, refreshFamilies.userId)),
    )
    .where(and(eq(refreshFamilies.id, familyId), isNull(refreshFamilies.revokedAt)))
  return standing
}

/** Expired tokens, then the families that have none left. */
export async function dropExpiredTokens(db: Database): Promise<void> {
  await db.delete(refreshTokens).where(sql`${refreshTokens.expiresAt} < now()`)
  await db.delete(refreshFamilies).where(
    notExists(
      db
        .select({ one: sql`1` })
        .from(refreshTokens)
        .where(eq(refreshTokens.familyId, refreshFamilies.id)),
    ),
  )
}
