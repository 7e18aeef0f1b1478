import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { AuditAction, AuditTarget } from '../../contracts/api/audit.ts'
import type { Role } from '../../domain/identity/role.ts'
import { bytea, moment } from './tables.ts'

// The shape of migrations/0003_people.sql for the compiler, as tables.ts is of the others.

export const browserSessions = pgTable('browser_sessions', {
  tokenSha256: bytea('token_sha256').primaryKey(),
  familyId: uuid('family_id').notNull(),
  expiresAt: moment('expires_at').notNull(),
})

export const passwordResets = pgTable('password_resets', {
  tokenSha256: bytea('token_sha256').primaryKey(),
  userId: uuid('user_id').notNull(),
  expiresAt: moment('expires_at').notNull(),
})

export const invitations = pgTable('invitations', {
  id: uuid('id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  email: text('email').notNull(),
  role: text('role').$type<Role>().notNull(),
  tokenSha256: bytea('token_sha256').notNull(),
  createdAt: moment('created_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
})

export const auditEvents = pgTable('audit_events', {
  id: uuid('id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  at: moment('at').notNull().defaultNow(),
  action: text('action').$type<AuditAction>().notNull(),
  actorKind: text('actor_kind').$type<'person' | 'key'>().notNull(),
  actorId: uuid('actor_id').notNull(),
  targetKind: text('target_kind').$type<AuditTarget>().notNull(),
  targetId: uuid('target_id').notNull(),
  address: text('address'),
  userAgent: text('user_agent'),
})
