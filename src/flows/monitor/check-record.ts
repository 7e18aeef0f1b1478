import { v7 as uuidv7 } from 'uuid'
import type { Block } from '../../domain/monitor/block.ts'
import type { Reading } from '../../domain/monitor/reading/reading.ts'
import type { Decision } from '../../domain/monitor/verdict/decision.ts'
import type { CheckRecord } from '../../storage/postgres/checks.ts'
import type { ChangeRow, MonitorRow, SnapshotRow } from '../../storage/postgres/monitor-tables.ts'
import { type Audience, announcementsOf } from './announcements.ts'
import type { Answer } from './fetch-target.ts'
import { whenNext } from './when-next.ts'

/** All that a check has found out. */
export interface Finding {
  /** As it was when the check began. */
  monitor: MonitorRow
  answer: Exclude<Answer, { kind: 'later' }>
  reading: Reading
  decision: Decision
  to: Audience
  /** Of a check, where the workspace has a budget of them. */
  price: number | null
  now: Date
  clockSpeed: number
}

/** What a finding leaves in the database. */
export function recordOf(finding: Finding, names: { checkId: string; object: string }): CheckRecord {
  const { monitor, answer, decision, now } = finding
  const { checkId, object } = names
  const snapshot = snapshotOf(finding, checkId, object)
  const change = changeOf(finding, checkId, snapshot)
  const begunAt = monitor.begunAt ?? now
  const lateMs = monitor.nextCheckAt === null ? 0 : Math.max(0, begunAt.getTime() - monitor.nextCheckAt.getTime())
  return {
    check: {
      id: checkId,
      monitorId: monitor.id,
      workspaceId: monitor.workspaceId,
      at: now,
      verdict: decision.verdict,
      reason: decision.reason,
      reasons: decision.reasons,
      status: answer.kind === 'page' ? answer.fetched.status : answer.status,
      durationMs: now.getTime() - begunAt.getTime(),
      lateMs,
      snapshotId: snapshot?.id ?? null,
    },
    ...(snapshot && { snapshot }),
    ...(change && { change }),
    monitor: { ...monitorAfter(finding, snapshot), lateMs },
    announcements: announcementsOf({ monitor, decision, change, at: now, to: finding.to }),
  }
}

function monitorAfter(finding: Finding, snapshot: SnapshotRow | undefined): Partial<MonitorRow> {
  const { monitor, answer, reading, decision, now, clockSpeed, price } = finding
  return {
    ...standing(monitor, decision, now),
    // Only what could be read is worth asking about again.
    ...(answer.kind === 'page' &&
      reading.fetch === 'ok' && { bodyKey: answer.bodyKey, etag: answer.etag, lastModified: answer.lastModified }),
    ...(snapshot && movesBaseline(finding) && { snapshotId: snapshot.id }),
    ...whenNext(monitor, {
      isSeen: reading.fetch === 'ok' || reading.fetch === 'not_modified',
      decision,
      now,
      clockSpeed,
      price,
    }),
  }
}

/** What every check leaves in its monitor, whatever it looked at. */
export function standing(monitor: MonitorRow, decision: Decision, now: Date): Partial<MonitorRow> {
  const { failures } = decision.memory
  return {
    memory: decision.memory,
    suggestedMasks: decision.suggestedMasks,
    lastCheckAt: now,
    lastVerdict: decision.verdict,
    lastReason: decision.reason,
    failures: failures.count,
    isFailing: failures.toldAt !== null,
    failingSince: failures.count === 0 ? null : (monitor.failingSince ?? now),
    lateToldAt: null,
    ...(decision.verdict === 'changed' && { lastChangeAt: now }),
  }
}

/** What the next reading will be compared with is this one: another object, since two checks may have one time. */
function movesBaseline({ monitor, decision }: Finding): boolean {
  return decision.memory.baseline !== monitor.memory?.baseline
}

/** Whatever was told, held back, or is the new baseline can be looked at and replayed. */
function snapshotOf(
  { answer, reading, decision, monitor, now }: Finding,
  id: string,
  object: string,
): SnapshotRow | undefined {
  if (answer.kind !== 'page' || reading.fetch !== 'ok') return undefined
  if (!['baseline', 'changed', 'suppressed'].includes(decision.verdict)) return undefined
  const { fetched, bodyKey } = answer
  return {
    id,
    monitorId: monitor.id,
    at: now,
    url: fetched.url,
    contentType: fetched.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null,
    status: fetched.status,
    bodyKey,
    bytes: fetched.body.byteLength,
    object,
  }
}

function changeOf(
  { decision, monitor, now, reading }: Finding,
  checkId: string,
  snapshot: SnapshotRow | undefined,
): ChangeRow | undefined {
  if (decision.verdict !== 'changed' || !decision.change) return undefined
  return {
    id: uuidv7({ msecs: now.getTime() }),
    monitorId: monitor.id,
    workspaceId: monitor.workspaceId,
    checkId,
    at: now,
    summary: decision.change.summary,
    diff: { ...decision.change, before: comparedWith(monitor), after: reading.fetch === 'ok' ? reading.blocks : [] },
    fromSnapshot: monitor.snapshotId,
    toSnapshot: snapshot?.id ?? null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  }
}

function comparedWith({ memory }: MonitorRow): readonly Block[] {
  return memory?.baseline?.blocks ?? []
}
