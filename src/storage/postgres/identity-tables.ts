import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Role } from '../../domain/identity/role.ts'
import { bytea, moment } from './tables.ts'

// The shape of migrations/0002_identity.sql for the compiler, as tables.ts is of the others.

export const workspaces = pgTable('workspaces', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: moment('created_at').notNull(),
})

export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
  name: text('name'),
  passwordHash: text('password_hash').notNull(),
  createdAt: moment('created_at').notNull(),
})

export const memberships = pgTable(
  'memberships',
  {
    workspaceId: uuid('workspace_id').notNull(),
    userId: uuid('user_id').notNull(),
    role: text('role').$type<Role>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.userId] })],
)

export const refreshFamilies = pgTable('refresh_families', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  workspaceId: uuid('workspace_id').notNull(),
  createdAt: moment('created_at').notNull(),
  revokedAt: moment('revoked_at'),
})

export const refreshTokens = pgTable('refresh_tokens', {
  tokenSha256: bytea('token_sha256').primaryKey(),
  familyId: uuid('family_id').notNull(),
  createdAt: moment('created_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
})

export const loginAttempts = pgTable('login_attempts', {
  subjectSha256: bytea('subject_sha256').primaryKey(),
  count: integer('count').notNull(),
  since: moment('since').notNull(),
})

export const knownAddresses = pgTable(
  'known_addresses',
  {
    userId: uuid('user_id').notNull(),
    addressSha256: bytea('address_sha256').notNull(),
    seenAt: moment('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.addressSha256] })],
)
