import { z } from 'zod'
import { Id, ListQuery, Time } from './common.ts'
import { CreateMonitor } from './monitor.ts'

const Count = z.number().int().min(0)

/** Of a site: how many of its pages. */
const PageCounts = z.object({ new: Count, changed: Count, removed: Count })

export const MonitorChange = z
  .object({
    id: Id,
    monitorId: Id,
    at: Time,
    summary: z.object({ added: z.number(), removed: z.number(), changedRatio: z.number() }).loose(),
    fields: z.array(z.record(z.string(), z.unknown())),
    from: Id.nullable().meta({ description: 'Snapshots, as long as they are kept' }),
    to: Id.nullable(),
    diffUrl: z.string(),
    pages: PageCounts.optional().meta({ description: 'Of a site' }),
    acknowledgedAt: Time.nullable(),
    acknowledgedBy: Id.nullable().meta({ description: 'A person or a key' }),
  })
  .meta({ id: 'MonitorChange' })
export type MonitorChange = z.output<typeof MonitorChange>

const Block = z.object({ key: z.string(), text: z.string(), under: z.string() })

const SitePage = z.looseObject({
  kind: z.enum(['new', 'changed', 'removed']),
  url: z.string(),
  title: z.string().nullable(),
  reason: z.string().optional().meta({ description: 'Of a removed page: as at `GET /v1/crawls/{id}/gone`' }),
  status: z.number().int().optional(),
})

export const MonitorDiff = z
  .object({
    id: Id.nullable().meta({ description: 'Of the change; null between snapshots that were named' }),
    monitorId: Id,
    url: z.string(),
    from: Id.nullable(),
    to: Id.nullable(),
    at: Time,
    summary: z.object({ added: z.number(), removed: z.number(), moved: z.number(), changedRatio: z.number() }),
    fields: z.array(
      z.object({
        name: z.string(),
        before: z.union([z.number(), z.string()]).nullable(),
        after: z.union([z.number(), z.string()]).nullable(),
      }),
    ),
    blocks: z
      .array(
        z.looseObject({ kind: z.enum(['added', 'removed', 'moved', 'changed']), key: z.string(), under: z.string() }),
      )
      .meta({ description: 'Added, removed and moved ones have `text`; changed ones `before`, `after` and `words`' }),
    before: z.array(Block).meta({ description: 'All that was compared' }),
    after: z.array(Block),
    pages: PageCounts.extend({ list: z.array(SitePage).meta({ description: 'The first 1,000' }) })
      .optional()
      .meta({ description: 'Of a site; `blocks` are those of all its pages, under their URLs' }),
  })
  .meta({ id: 'MonitorDiff' })
export type MonitorDiff = z.output<typeof MonitorDiff>

const DIFF_FORMATS = ['json', 'unified', 'html', 'side-by-side'] as const
export type DiffFormat = (typeof DIFF_FORMATS)[number]

export const DiffQuery = z.strictObject({ format: z.enum(DIFF_FORMATS).default('json') })

/** Between any two snapshots of a monitor. */
export const CompareQuery = z.strictObject({
  from: Id.optional().meta({ description: 'Without it: the one before `to`' }),
  to: Id.optional().meta({ description: 'Without it: the latest' }),
  format: z.enum(DIFF_FORMATS).default('json'),
})

export const Snapshot = z
  .object({
    id: Id,
    at: Time,
    url: z.string(),
    status: z.number().int(),
    contentType: z.string().nullable(),
    bytes: z.number().int(),
  })
  .meta({ id: 'Snapshot' })
export type Snapshot = z.output<typeof Snapshot>

const Acknowledged = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .optional()
  .meta({ description: 'Only changes that somebody has acknowledged, or only the others' })

export const MonitorChangesQuery = ListQuery.extend({ acknowledged: Acknowledged })

export const ChangesQuery = MonitorChangesQuery.extend({
  tag: z.string().max(50).optional().meta({ description: 'Of monitors with this tag' }),
})

export const FeedQuery = z.strictObject({
  acknowledged: Acknowledged,
  token: z.string().max(100).optional().meta({ description: 'Of `feedUrl`; opens the feed without a key' }),
})

/** An unsaved monitor, tried out. */
export const PreviewMonitor = z
  .strictObject({
    ...CreateMonitor.omit({ name: true, schedule: true, channels: true, tags: true, enabled: true }).shape,
    against: z
      .strictObject({ monitorId: Id, snapshots: z.array(Id).max(20).optional() })
      .optional()
      .meta({
        description:
          'Replays the rules over stored snapshots: of this monitor, oldest first; the latest ten unless named',
      }),
  })
  .meta({ id: 'PreviewMonitor' })
export type PreviewMonitor = z.output<typeof PreviewMonitor>

const Verdict = z.object({
  verdict: z.string(),
  reason: z.string(),
  reasons: z.array(z.object({ code: z.string(), detail: z.string() })),
  change: z.record(z.string(), z.unknown()).nullable(),
})

export const Preview = z
  .object({
    live: Verdict.extend({
      fetch: z.string(),
      blocks: z.array(Block),
      masked: z.array(z.record(z.string(), z.unknown())),
      fields: z.record(z.string(), z.unknown()),
      price: z.record(z.string(), z.unknown()).nullable(),
    }),
    replay: z.array(Verdict.extend({ snapshotId: Id, at: Time })),
  })
  .meta({ id: 'MonitorPreview' })
export type Preview = z.output<typeof Preview>

/** Many at once: addresses, or what other programs export. */
export const ImportMonitors = z
  .strictObject({
    format: z.enum(['urls', 'changedetection', 'urlwatch']),
    content: z.string().max(900_000).meta({ description: 'One URL a line, JSON, or YAML, as the format says' }),
    defaults: z
      .strictObject({
        schedule: CreateMonitor.shape.schedule.optional(),
        channels: CreateMonitor.shape.channels.optional(),
        tags: CreateMonitor.shape.tags.optional(),
        enabled: CreateMonitor.shape.enabled.optional(),
      })
      .prefault({}),
  })
  .meta({ id: 'ImportMonitors' })
export type ImportMonitors = z.output<typeof ImportMonitors>

export const ImportedMonitors = z
  .object({
    created: z.number().int(),
    ids: z.array(Id),
    refused: z.array(z.object({ entry: z.string(), reason: z.string() })),
    notes: z.array(z.string()).meta({ description: 'What the other program had that is not taken over' }),
  })
  .meta({ id: 'ImportedMonitors' })
export type ImportedMonitors = z.output<typeof ImportedMonitors>
