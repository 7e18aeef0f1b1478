import { and, asc, eq, lt, sql } from 'drizzle-orm'
import type { Role } from '../../domain/identity/role.ts'
import type { Database } from './database.ts'
import { knownAddresses, memberships, users, workspaces } from './identity-tables.ts'

export interface Person {
  id: string
  email: string
  name: string | null
}

export interface Membership {
  id: string
  name: string
  role: Role
}

export interface NewPerson extends Person {
  passwordHash: string
  workspace: { id: string; name: string }
}

const PERSON = { id: users.id, email: users.email, name: users.name }

/** The person, a workspace of their own and the owner's role in it, in one statement; false when the e-mail is taken. */
export async function insertPerson(db: Database, person: NewPerson): Promise<boolean> {
  const made = await db.execute(sql`
    WITH person AS (
      INSERT INTO users (id, email, name, password_hash)
      VALUES (${person.id}, ${person.email}, ${person.name}, ${person.passwordHash})
      ON CONFLICT (email) DO NOTHING RETURNING id
    ), place AS (
      INSERT INTO workspaces (id, name) SELECT ${person.workspace.id}::uuid, ${person.workspace.name} FROM person RETURNING id
    )
    INSERT INTO memberships (workspace_id, user_id, role)
    SELECT place.id, person.id, 'owner' FROM place, person RETURNING 1`)
  return made.rows.length > 0
}

/** A person without a workspace of their own; false when the e-mail is taken. */
export async function insertInvited(db: Database, person: Person & { passwordHash: string }): Promise<boolean> {
  const made = await db
    .insert(users)
    .values({ ...person, createdAt: sql`now()` })
    .onConflictDoNothing()
    .returning({ id: users.id })
  return made.length > 0
}

/** A workspace of their own, for somebody who belongs to none. */
export async function insertWorkspaceOf(
  db: Database,
  userId: string,
  workspace: { id: string; name: string },
): Promise<void> {
  await db.insert(workspaces).values({ ...workspace, createdAt: sql`now()` })
  await db.insert(memberships).values({ workspaceId: workspace.id, userId, role: 'owner', createdAt: sql`now()` })
}

export async function isEmailTaken(db: Database, email: string): Promise<boolean> {
  const found = await db.select({ id: users.id }).from(users).where(eq(users.email, email))
  return found.length > 0
}

export interface Account extends Person {
  passwordHash: string
  /** Whether they have signed in from the given address before. */
  isKnownAddress: boolean
}

export async function findAccount(db: Database, email: string, addressSha256: string): Promise<Account | undefined> {
  const [account] = await db
    .select({ ...PERSON, passwordHash: users.passwordHash, knownSince: knownAddresses.seenAt })
    .from(users)
    .leftJoin(knownAddresses, and(eq(knownAddresses.userId, users.id), eq(knownAddresses.addressSha256, addressSha256)))
    .where(eq(users.email, email))
  if (!account) return undefined
  const { knownSince, ...found } = account
  return { ...found, isKnownAddress: knownSince !== null }
}

export async function findPerson(db: Database, id: string): Promise<Person | undefined> {
  const [person] = await db.select(PERSON).from(users).where(eq(users.id, id))
  return person
}

export async function findPersonByEmail(db: Database, email: string): Promise<Person | undefined> {
  const [person] = await db.select(PERSON).from(users).where(eq(users.email, email))
  return person
}

/** Oldest first: the first one is where a person signs in. */
export function listMemberships(db: Database, userId: string): Promise<Membership[]> {
  return db
    .select({ id: workspaces.id, name: workspaces.name, role: memberships.role })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(memberships.createdAt), asc(workspaces.id))
}

export async function renamePerson(db: Database, id: string, name: string | null): Promise<void> {
  await db.update(users).set({ name }).where(eq(users.id, id))
}

export async function replacePasswordHash(db: Database, id: string, passwordHash: string): Promise<void> {
  await db.update(users).set({ passwordHash }).where(eq(users.id, id))
}

export async function rememberAddress(db: Database, userId: string, addressSha256: string): Promise<void> {
  await db
    .insert(knownAddresses)
    .values({ userId, addressSha256, seenAt: sql`now()` })
    .onConflictDoUpdate({ target: [knownAddresses.userId, knownAddresses.addressSha256], set: { seenAt: sql`now()` } })
}

export async function forgetAddressesOlderThan(db: Database, days: number): Promise<void> {
  await db.delete(knownAddresses).where(lt(knownAddresses.seenAt, sql`now() - make_interval(days => ${days})`))
}
