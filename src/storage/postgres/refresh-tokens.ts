import { and, eq, isNull, ne, notExists, sql } from 'drizzle-orm'
import type { Role } from '../../domain/identity/role.ts'
import type { Database } from './database.ts'
import { memberships, refreshFamilies, refreshTokens } from './identity-tables.ts'
import { browserSessions } from './people-tables.ts'

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

export interface KnownToken {
  familyId: string
  userId: string
  workspaceId: string
  isUsed: boolean
}

export async function findToken(db: Database, tokenSha256: string): Promise<KnownToken | undefined> {
  const [token] = await db
    .select({
      familyId: refreshTokens.familyId,
      userId: refreshFamilies.userId,
      workspaceId: refreshFamilies.workspaceId,
      usedAt: refreshTokens.usedAt,
    })
    .from(refreshTokens)
    .innerJoin(refreshFamilies, eq(refreshFamilies.id, refreshTokens.familyId))
    .where(eq(refreshTokens.tokenSha256, tokenSha256))
  if (!token) return undefined
  const { usedAt, ...known } = token
  return { ...known, isUsed: usedAt !== null }
}

/** False when it had ended before. */
export async function revokeFamily(db: Database, familyId: string, now: Date): Promise<boolean> {
  const revoked = await db
    .update(refreshFamilies)
    .set({ revokedAt: now })
    .where(and(eq(refreshFamilies.id, familyId), isNull(refreshFamilies.revokedAt)))
    .returning({ id: refreshFamilies.id })
  return revoked.length > 0
}

/** Ends all sign-ins of a person, or all but one. */
export async function revokeFamiliesOf(db: Database, userId: string, now: Date, exceptId?: string): Promise<void> {
  const others = exceptId === undefined ? undefined : ne(refreshFamilies.id, exceptId)
  await db
    .update(refreshFamilies)
    .set({ revokedAt: now })
    .where(and(eq(refreshFamilies.userId, userId), isNull(refreshFamilies.revokedAt), others))
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

/** Expired tokens and browser sessions, then the families that have neither left. */
export async function dropExpiredTokens(db: Database): Promise<void> {
  await db.delete(refreshTokens).where(sql`${refreshTokens.expiresAt} < now()`)
  await db.delete(browserSessions).where(sql`${browserSessions.expiresAt} < now()`)
  const one = { one: sql`1` }
  const tokens = db.select(one).from(refreshTokens).where(eq(refreshTokens.familyId, refreshFamilies.id))
  const browsers = db.select(one).from(browserSessions).where(eq(browserSessions.familyId, refreshFamilies.id))
  await db.delete(refreshFamilies).where(and(notExists(tokens), notExists(browsers)))
}
