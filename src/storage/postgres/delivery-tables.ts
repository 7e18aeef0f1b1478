import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Attempt, DeliveryStatus } from '../../contracts/api/delivery.ts'
import type { ChannelType, Digest, QuietHours, Template } from '../../contracts/api/channel.ts'
import type { EventType } from '../../contracts/api/event-type.ts'
import { moment } from './tables.ts'

// The shape of migrations/0005_delivery.sql and 0010_watch.sql for the compiler, as tables.ts is of the others.

export const channels = pgTable('channels', {
  id: uuid('id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  crawlId: uuid('crawl_id'),
  type: text('type').$type<ChannelType>().notNull(),
  name: text('name').notNull(),
  config: jsonb('config').$type<Record<string, unknown>>().notNull(),
  sealed: text('sealed'),
  events: text('events').array().$type<EventType[]>().notNull(),
  template: jsonb('template').$type<Template>(),
  quiet: jsonb('quiet').$type<QuietHours>(),
  mutedUntil: moment('muted_until'),
  digest: jsonb('digest').$type<Digest>(),
  nextDigestAt: moment('next_digest_at'),
  enabled: boolean('enabled').notNull(),
  disabledAt: moment('disabled_at'),
  disabledReason: text('disabled_reason'),
  failingSince: moment('failing_since'),
  holdUntil: moment('hold_until'),
  slowDowns: integer('slow_downs').notNull(),
  createdAt: moment('created_at').notNull(),
})

export type ChannelRow = typeof channels.$inferSelect

export const events = pgTable('events', {
  id: uuid('id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  type: text('type').$type<EventType>().notNull(),
  subjectId: uuid('subject_id').notNull(),
  at: moment('at').notNull(),
  data: jsonb('data').$type<Record<string, unknown>>().notNull(),
})

export type EventRow = typeof events.$inferSelect

export const deliveries = pgTable('deliveries', {
  id: uuid('id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  eventId: uuid('event_id').notNull(),
  channelId: uuid('channel_id').notNull(),
  status: text('status').$type<DeliveryStatus>().notNull(),
  attempts: jsonb('attempts').$type<Attempt[]>().notNull(),
  tries: integer('tries').notNull(),
  nextAttemptAt: moment('next_attempt_at'),
  leaseId: uuid('lease_id'),
  leasedUntil: moment('leased_until'),
  createdAt: moment('created_at').notNull(),
})

export type DeliveryRow = typeof deliveries.$inferSelect

/** What waits for a channel's next digest. */
export const digestEntries = pgTable(
  'digest_entries',
  { channelId: uuid('channel_id').notNull(), eventId: uuid('event_id').notNull() },
  (table) => [primaryKey({ columns: [table.channelId, table.eventId] })],
)
