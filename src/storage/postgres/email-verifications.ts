import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'

export interface NewVerification {
  tokenSha256: string
  userId: string
  email: string
  expiresAt: Date
}

export async function insertVerification(db: Database, wanted: NewVerification): Promise<void> {
  const { tokenSha256, userId, email, expiresAt } = wanted
  await db.execute(sql`
    INSERT INTO email_verifications (token_sha256, user_id, email, expires_at)
    VALUES (decode(${tokenSha256}, 'hex'), ${userId}, ${email}, ${expiresAt.toISOString()}::timestamptz)`)
}

/** Whose address a token that is still good proves, and which. */
export async function findVerification(
  db: Database,
  tokenSha256: string,
  now: Date,
): Promise<{ userId: string; email: string } | undefined> {
  const { rows } = await db.execute<{ user_id: string; email: string }>(sql`
    SELECT user_id, email FROM email_verifications
    WHERE token_sha256 = decode(${tokenSha256}, 'hex') AND expires_at > ${now.toISOString()}::timestamptz`)
  const [found] = rows
  return found && { userId: found.user_id, email: found.email }
}

/** Uses up the token and all others of its person; false when somebody was quicker. */
export async function useVerification(db: Database, tokenSha256: string): Promise<boolean> {
  const used = await db.execute(sql`
    DELETE FROM email_verifications WHERE user_id =
      (SELECT user_id FROM email_verifications WHERE token_sha256 = decode(${tokenSha256}, 'hex')) RETURNING 1`)
  return used.rows.length > 0
}

/** The address is the person's, and proven. False when somebody else has taken it meanwhile. */
export async function setVerifiedEmail(db: Database, userId: string, email: string): Promise<boolean> {
  const changed = await db.execute(sql`
    UPDATE users SET email = ${email}, email_verified_at = now() WHERE id = ${userId}
      AND NOT EXISTS (SELECT 1 FROM users other WHERE other.email = ${email} AND other.id <> ${userId}) RETURNING 1`)
  return changed.rows.length > 0
}

export async function isEmailVerified(db: Database, userId: string): Promise<boolean> {
  const { rows } = await db.execute<{ verified: boolean }>(
    sql`SELECT email_verified_at IS NOT NULL AS verified FROM users WHERE id = ${userId}`,
  )
  return rows[0]?.verified ?? false
}

export async function dropExpiredVerifications(db: Database): Promise<void> {
  await db.execute(sql`DELETE FROM email_verifications WHERE expires_at < now()`)
}
