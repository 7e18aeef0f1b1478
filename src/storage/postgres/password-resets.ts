import { and, eq, gt, lt, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { users } from './identity-tables.ts'
import { passwordResets } from './people-tables.ts'

export type NewReset = typeof passwordResets.$inferInsert

export async function insertReset(db: Database, reset: NewReset): Promise<void> {
  await db.insert(passwordResets).values(reset)
}

/** Whose password a token that is still good resets. */
export async function findReset(
  db: Database,
  tokenSha256: string,
  now: Date,
): Promise<{ userId: string; email: string } | undefined> {
  const [found] = await db
    .select({ userId: users.id, email: users.email })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(and(eq(passwordResets.tokenSha256, tokenSha256), gt(passwordResets.expiresAt, now)))
  return found
}

/** Uses a token up; false when somebody was quicker. */
export async function useReset(db: Database, tokenSha256: string): Promise<boolean> {
  const used = await db
    .delete(passwordResets)
    .where(eq(passwordResets.tokenSha256, tokenSha256))
    .returning({ userId: passwordResets.userId })
  return used.length > 0
}

export async function dropResetsOf(db: Database, userId: string): Promise<void> {
  await db.delete(passwordResets).where(eq(passwordResets.userId, userId))
}

export async function dropExpiredResets(db: Database): Promise<void> {
  await db.delete(passwordResets).where(lt(passwordResets.expiresAt, sql`now()`))
}
