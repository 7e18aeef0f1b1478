import { createHash } from 'node:crypto'
import type { Database } from '../../storage/postgres/database.ts'
import {
  countAttempt,
  dropAttemptsOlderThan,
  forgetAttempts,
  uncountAttempt,
} from '../../storage/postgres/login-attempts.ts'
import type { Account } from '../../storage/postgres/users.ts'
import { Refusal } from '../problem.ts'

const WINDOW_SECONDS = 15 * 60
/** Letters that reset a password are counted in the same place, for longer. */
export const LONGEST_WINDOW_SECONDS = 60 * 60
const ACCOUNT_FAILURES = 5
const ADDRESS_FAILURES = 20

/** What failures are counted for: whoever tries, and what they try. */
export interface Attempt {
  address: string
  account: string
}

/**
 * An account is counted by its e-mail, whether it exists or not. From where its person has signed in before it is counted
 * apart, so that a stranger who guesses elsewhere can't lock the person out.
 */
export function attemptOn(email: string, address: string, account: Account | undefined): Attempt {
  const from = account?.isKnownAddress ? ` from ${address}` : ''
  return { address: addressKey(address), account: sha256(`account ${email}${from}`) }
}

export function addressKey(address: string): string {
  return sha256(`address ${address}`)
}

/** Throws a 429 for one attempt too many. The address comes first: blocked, it can't use up an account's attempts. */
export async function admitAttempt(db: Database, attempt: Attempt): Promise<void> {
  await admit(db, attempt.address, ADDRESS_FAILURES)
  await admit(db, attempt.account, ACCOUNT_FAILURES)
}

async function admit(db: Database, subject: string, limit: number): Promise<void> {
  const { count, remainingSeconds } = await countAttempt(db, subject, WINDOW_SECONDS)
  if (count <= limit) return
  const detail = `Too many wrong passwords. Try again in ${Math.ceil(remainingSeconds / 60)} min.`
  throw new Refusal(429, 'too_many_attempts', detail, { headers: { 'retry-after': String(remainingSeconds) } })
}

export async function attemptSucceeded(db: Database, attempt: Attempt): Promise<void> {
  await uncountAttempt(db, attempt.address)
  await forgetAttempts(db, attempt.account)
}

export async function dropOldAttempts(db: Database): Promise<void> {
  await dropAttemptsOlderThan(db, LONGEST_WINDOW_SECONDS)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
