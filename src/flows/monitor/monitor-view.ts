import type { Check, Monitor } from '../../contracts/api/monitor.ts'
import type { MonitorChange, MonitorDiff, Snapshot } from '../../contracts/api/monitor-change.ts'
import type { SitePages } from '../../domain/monitor/site/site-change.ts'
import type { ChangeRow, CheckRow, MonitorRow, SnapshotRow } from '../../storage/postgres/monitor-tables.ts'
import type { Platform } from '../platform.ts'
import { withoutSecondRender } from './one-render.ts'

const time = (at: Date | null): string | null => at?.toISOString() ?? null

/** A monitor as its owner sees it: what was ordered, and how it stands. */
export function monitorView({ publicUrl, now }: Platform, row: MonitorRow): Monitor {
  const overdueMs = row.nextCheckAt === null ? 0 : Math.max(0, now().getTime() - row.nextCheckAt.getTime())
  return {
    ...withoutSecondRender(row.options),
    id: row.id,
    status: statusOf(row),
    nextCheckAt: time(row.nextCheckAt),
    lastCheckAt: time(row.lastCheckAt),
    lastChangeAt: time(row.lastChangeAt),
    health: {
      failures: row.failures,
      lastVerdict: row.lastVerdict,
      lastReason: row.lastReason,
      lateMs: row.lateMs,
      overdueMs,
      whyNext: row.nextCheckWhy,
      expectedDelayMs: row.expectedDelayMs,
      suggestedMasks: row.suggestedMasks.map((mask) => ({ ...mask })),
    },
    feedUrl: `${publicUrl}/v1/monitors/${row.id}/feed.atom?token=${row.feedToken}`,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

function statusOf({ enabled, isFailing }: MonitorRow): Monitor['status'] {
  if (!enabled) return 'paused'
  return isFailing ? 'failing' : 'active'
}

export function checkView(row: CheckRow): Check {
  const { id, monitorId, verdict, reason, durationMs, status, lateMs, snapshotId } = row
  const reasons = row.reasons.map(({ code, detail }) => ({ code, detail }))
  return { id, monitorId, verdict, reason, reasons, durationMs, status, lateMs, snapshotId, at: row.at.toISOString() }
}

export function changeView({ publicUrl }: Platform, row: ChangeRow): MonitorChange {
  return {
    id: row.id,
    monitorId: row.monitorId,
    at: row.at.toISOString(),
    summary: { ...row.summary },
    fields: row.diff.fields.map((field) => ({ ...field })),
    from: row.fromSnapshot,
    to: row.toSnapshot,
    diffUrl: `${publicUrl}/v1/changes/${row.id}`,
    ...(row.diff.pages && { pages: pageCounts(row.diff.pages) }),
    acknowledgedAt: time(row.acknowledgedAt),
    acknowledgedBy: row.acknowledgedBy,
  }
}

export function snapshotView({ id, at, url, status, contentType, bytes }: SnapshotRow): Snapshot {
  return { id, at: at.toISOString(), url, status, contentType, bytes }
}

export function diffView(
  monitor: MonitorRow,
  { id, at, summary, diff, fromSnapshot, toSnapshot }: ChangeRow,
): MonitorDiff {
  return {
    id,
    monitorId: monitor.id,
    url: monitor.url,
    from: fromSnapshot,
    to: toSnapshot,
    at: at.toISOString(),
    summary: { ...summary },
    fields: diff.fields.map((field) => ({ ...field })),
    blocks: diff.blocks.map((block) => ({ ...block })),
    before: [...diff.before],
    after: [...diff.after],
    ...(diff.pages && { pages: { ...pageCounts(diff.pages), list: diff.pages.list.map((page) => ({ ...page })) } }),
  }
}

function pageCounts({ new: added, changed, removed }: SitePages) {
  return { new: added, changed, removed }
}
