import { bigint, customType, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Document } from '../../contracts/api/document.ts'
import type { CrawlOptions } from '../../contracts/api/crawl.ts'
import type { Change, Changes } from '../../domain/crawl/change.ts'
import type { CrawlCounts, CrawlFailure, CrawlStatus } from '../../domain/crawl/crawl-status.ts'

// The shape of migrations/*.sql for the compiler; the SQL there is the truth (indexes and constraints included).

/** Short binary keys, as hex on our side: what two of them have in common shows in any log. */
export const bytea = customType<{ data: string; driverData: string | Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (hex) => `\\x${hex}`,
  fromDriver: (value) => (typeof value === 'string' ? value.slice(2) : hexOf(value)),
})

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const apiKeys = pgTable('api_keys', {
  id: uuid('id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  name: text('name').notNull(),
  prefix: text('prefix').notNull(),
  keySha256: bytea('key_sha256').notNull(),
  scopes: text('scopes').array().notNull(),
  createdAt: moment('created_at').notNull(),
  expiresAt: moment('expires_at'),
  lastUsedAt: moment('last_used_at'),
  revokedAt: moment('revoked_at'),
})

export const crawls = pgTable('crawls', {
  id: uuid('id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  monitorId: uuid('monitor_id'),
  name: text('name'),
  url: text('url').notNull(),
  status: text('status').$type<CrawlStatus>().notNull(),
  options: jsonb('options').$type<CrawlOptions>().notNull(),
  homeDomain: text('home_domain').notNull(),
  counts: jsonb('counts').$type<CrawlCounts>().notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  error: jsonb('error').$type<CrawlFailure>(),
  changes: jsonb('changes').$type<Changes>(),
  nextPosition: bigint('next_position', { mode: 'number' }).notNull(),
  createdAt: moment('created_at').notNull(),
  startedAt: moment('started_at'),
  finishedAt: moment('finished_at'),
})

export type CrawlRow = typeof crawls.$inferSelect

/** A Document without its bulky formats, as `pages.document` keeps it. */
export type StoredDocument = Omit<
  Document,
  'markdown' | 'html' | 'rawHtml' | 'text' | 'links' | 'images' | 'metadata' | 'tables' | 'fields'
>

export const pages = pgTable(
  'pages',
  {
    crawlId: uuid('crawl_id').notNull(),
    position: bigint('position', { mode: 'number' }).notNull(),
    urlKey: bytea('url_key').notNull(),
    bodyKey: bytea('body_key'),
    url: text('url').notNull(),
    status: integer('status').notNull(),
    fetchedAt: moment('fetched_at').notNull(),
    document: jsonb('document').$type<StoredDocument>().notNull(),
    segment: text('segment').notNull(),
    responseOffset: bigint('response_offset', { mode: 'number' }).notNull(),
    responseLength: integer('response_length').notNull(),
    conversionOffset: bigint('conversion_offset', { mode: 'number' }).notNull(),
    conversionLength: integer('conversion_length').notNull(),
    etag: text('etag'),
    lastModified: text('last_modified'),
    change: text('change').$type<Change>(),
    revisitLength: integer('revisit_length').notNull(),
    simhash: bigint('simhash', { mode: 'bigint' }),
  },
  (table) => [primaryKey({ columns: [table.crawlId, table.position] })],
)

export type PageRow = typeof pages.$inferSelect

export const gonePages = pgTable(
  'gone_pages',
  {
    crawlId: uuid('crawl_id').notNull(),
    position: bigint('position', { mode: 'number' }).notNull(),
    url: text('url').notNull(),
    title: text('title'),
    lastSeenAt: moment('last_seen_at').notNull(),
    reason: text('reason').notNull(),
    status: integer('status'),
  },
  (table) => [primaryKey({ columns: [table.crawlId, table.position] })],
)

export type GonePageRow = typeof gonePages.$inferSelect

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    workspaceId: uuid('workspace_id').notNull(),
    key: text('key').notNull(),
    requestSha256: bytea('request_sha256').notNull(),
    answer: jsonb('answer').$type<{ status: number; headers: Record<string, string>; body: unknown }>(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.key] })],
)
