import { eq, lt, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { loginAttempts } from './identity-tables.ts'

export interface Attempts {
  /** This one included. */
  count: number
  /** Until the count begins anew. */
  remainingSeconds: number
}

/** Counts an attempt before it is made, so that simultaneous ones can't all slip in under the limit. */
export async function countAttempt(db: Database, subjectSha256: string, windowSeconds: number): Promise<Attempts> {
  const span = sql`make_interval(secs => ${windowSeconds})`
  const { rows } = await db.execute<{ count: number; remaining: number }>(sql`
    INSERT INTO login_attempts AS held (subject_sha256, count, since) VALUES (decode(${subjectSha256}, 'hex'), 1, now())
    ON CONFLICT (subject_sha256) DO UPDATE SET
      count = CASE WHEN held.since < now() - ${span} THEN 1 ELSE held.count + 1 END,
      since = CASE WHEN held.since < now() - ${span} THEN now() ELSE held.since END
    RETURNING count, ceil(extract(epoch FROM since + ${span} - now()))::integer AS remaining`)
  const [attempts] = rows
  if (!attempts) throw new Error('an upsert without a condition returned no row')
  return { count: attempts.count, remainingSeconds: Math.max(1, attempts.remaining) }
}

/** It was no failure after all. */
export async function uncountAttempt(db: Database, subjectSha256: string): Promise<void> {
  await db
    .update(loginAttempts)
    .set({ count: sql`greatest(${loginAttempts.count} - 1, 0)` })
    .where(eq(loginAttempts.subjectSha256, subjectSha256))
}

export async function forgetAttempts(db: Database, subjectSha256: string): Promise<void> {
  await db.delete(loginAttempts).where(eq(loginAttempts.subjectSha256, subjectSha256))
}

export async function dropAttemptsOlderThan(db: Database, seconds: number): Promise<void> {
  await db.delete(loginAttempts).where(lt(loginAttempts.since, sql`now() - make_interval(secs => ${seconds})`))
}
