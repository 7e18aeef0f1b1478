import { bigint, boolean, doublePrecision, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { CreateMonitor } from '../../contracts/api/monitor.ts'
import type { Block, Reason } from '../../domain/monitor/block.ts'
import type { Observation } from '../../domain/monitor/schedule/observation.ts'
import type { SitePages } from '../../domain/monitor/site/site-change.ts'
import type { SiteMemory } from '../../domain/monitor/site/site-memory.ts'
import type { Change, SuggestedMask, Verdict } from '../../domain/monitor/verdict/decision.ts'
import type { Memory } from '../../domain/monitor/verdict/memory.ts'
import { bytea, moment } from './tables.ts'

// The shape of migrations/0006_monitors.sql and 0010_watch.sql for the compiler, as tables.ts is of the others.

export const monitors = pgTable('monitors', {
  id: uuid('id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  name: text('name').notNull(),
  url: text('url').notNull(),
  options: jsonb('options').$type<CreateMonitor>().notNull(),
  sealed: text('sealed'),
  tags: text('tags').array().notNull(),
  enabled: boolean('enabled').notNull(),
  memory: jsonb('memory').$type<Memory>(),
  suggestedMasks: jsonb('suggested_masks').$type<readonly SuggestedMask[]>().notNull(),
  etag: text('etag'),
  lastModified: text('last_modified'),
  bodyKey: bytea('body_key'),
  snapshotId: uuid('snapshot_id'),
  history: jsonb('history').$type<readonly Observation[]>().notNull(),
  nextCheckAt: moment('next_check_at'),
  nextCheckWhy: text('next_check_why').notNull(),
  expectedDelayMs: bigint('expected_delay_ms', { mode: 'number' }).notNull(),
  claimId: uuid('claim_id'),
  claimedUntil: moment('claimed_until'),
  begunAt: moment('begun_at'),
  lastCheckAt: moment('last_check_at'),
  lastChangeAt: moment('last_change_at'),
  lastVerdict: text('last_verdict').$type<Verdict>(),
  lastReason: text('last_reason'),
  isFailing: boolean('is_failing').notNull(),
  failures: integer('failures').notNull(),
  failingSince: moment('failing_since'),
  lateMs: bigint('late_ms', { mode: 'number' }).notNull(),
  crawlId: uuid('crawl_id'),
  baseCrawlId: uuid('base_crawl_id'),
  siteMemory: jsonb('site_memory').$type<SiteMemory>(),
  lateAfterMs: bigint('late_after_ms', { mode: 'number' }),
  lateToldAt: moment('late_told_at'),
  changeRate: doublePrecision('change_rate'),
  feedToken: text('feed_token').notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})

export type MonitorRow = typeof monitors.$inferSelect

export const snapshots = pgTable('snapshots', {
  id: uuid('id').primaryKey(),
  monitorId: uuid('monitor_id').notNull(),
  at: moment('at').notNull(),
  url: text('url').notNull(),
  contentType: text('content_type'),
  status: integer('status').notNull(),
  bodyKey: bytea('body_key').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  object: text('object').notNull(),
})

export type SnapshotRow = typeof snapshots.$inferSelect

export const checks = pgTable('checks', {
  id: uuid('id').primaryKey(),
  monitorId: uuid('monitor_id').notNull(),
  workspaceId: uuid('workspace_id').notNull(),
  at: moment('at').notNull(),
  verdict: text('verdict').$type<Verdict>().notNull(),
  reason: text('reason').notNull(),
  reasons: jsonb('reasons').$type<readonly Reason[]>().notNull(),
  status: integer('status'),
  durationMs: integer('duration_ms').notNull(),
  lateMs: bigint('late_ms', { mode: 'number' }).notNull(),
  snapshotId: uuid('snapshot_id'),
})

export type CheckRow = typeof checks.$inferSelect

/** A change with all that was compared: it can be shown whole when its snapshots have had their time. */
export type KeptChange = Change & { before: readonly Block[]; after: readonly Block[]; pages?: SitePages }

export const changes = pgTable('changes', {
  id: uuid('id').primaryKey(),
  monitorId: uuid('monitor_id').notNull(),
  workspaceId: uuid('workspace_id').notNull(),
  checkId: uuid('check_id').notNull(),
  at: moment('at').notNull(),
  summary: jsonb('summary').$type<Change['summary']>().notNull(),
  diff: jsonb('diff').$type<KeptChange>().notNull(),
  fromSnapshot: uuid('from_snapshot'),
  toSnapshot: uuid('to_snapshot'),
  acknowledgedAt: moment('acknowledged_at'),
  acknowledgedBy: uuid('acknowledged_by'),
})

export type ChangeRow = typeof changes.$inferSelect

/** For all monitors of a workspace (tag ''), or for those with a tag. */
export const monitorSettings = pgTable(
  'monitor_settings',
  {
    workspaceId: uuid('workspace_id').notNull(),
    tag: text('tag').notNull(),
    ignore: jsonb('ignore').$type<readonly string[]>().notNull(),
    channels: uuid('channels').array().notNull(),
    mutedUntil: moment('muted_until'),
    checksPerDay: doublePrecision('checks_per_day'),
    checkPrice: doublePrecision('check_price'),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.tag] })],
)

export type MonitorSettingsRow = typeof monitorSettings.$inferSelect

/** What is set of a monitor whose claim is given back. */
export const UNCLAIMED = { claimId: null, claimedUntil: null, begunAt: null }
