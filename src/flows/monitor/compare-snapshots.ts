import type { MonitorDiff } from '../../contracts/api/monitor-change.ts'
import type { Block } from '../../domain/monitor/block.ts'
import { diffBlocks } from '../../domain/monitor/diff/diff-blocks.ts'
import type { Reading } from '../../domain/monitor/reading/reading.ts'
import type { MonitorRules } from '../../domain/monitor/rules.ts'
import { getBody } from '../../storage/archive/monitor-bodies.ts'
import { findSnapshots, listSnapshots } from '../../storage/postgres/monitor-history.ts'
import type { SnapshotRow } from '../../storage/postgres/monitor-tables.ts'
import type { Platform } from '../platform.ts'
import { notFound } from '../problem.ts'
import { monitorRow } from './manage-monitors.ts'
import { readSafely } from './read-safely.ts'
import { settingsInForce } from './settings-in-force.ts'
import type { OfMonitor } from './show-history.ts'

/** The difference between two snapshots as the monitor's rules read them now; without names, the last two. */
export async function compareSnapshots(
  platform: Platform,
  of: OfMonitor,
  between: { from?: string | undefined; to?: string | undefined },
): Promise<MonitorDiff> {
  const monitor = await monitorRow(platform, of.workspaceId, of.monitorId)
  const to = await chosen(platform, monitor.id, between.to, undefined)
  const from = await chosen(platform, monitor.id, between.from, to)
  const { rules } = await settingsInForce(platform, monitor)
  const [before, after] = [await blocksOf(platform, from, rules), await blocksOf(platform, to, rules)]
  const { blocks, summary } = diffBlocks(before, after)
  return {
    id: null,
    monitorId: monitor.id,
    url: monitor.url,
    from: from?.id ?? null,
    to: to?.id ?? null,
    at: (to?.at ?? monitor.createdAt).toISOString(),
    summary: { ...summary },
    fields: [],
    blocks: blocks.map((block) => ({ ...block })),
    before: [...before],
    after: [...after],
  }
}

/** The one that was named, or the newest that is older than another one. */
async function chosen(
  platform: Platform,
  monitorId: string,
  id: string | undefined,
  newerOne: SnapshotRow | undefined,
): Promise<SnapshotRow | undefined> {
  const db = await platform.database()
  if (id === undefined) {
    const [latest] = await listSnapshots(db, monitorId, { limit: 1, ...(newerOne && { before: newerOne.id }) })
    return latest
  }
  const [row] = await findSnapshots(db, monitorId, [id])
  if (!row) throw notFound('snapshot')
  return row
}

async function blocksOf(
  platform: Platform,
  snapshot: SnapshotRow | undefined,
  rules: MonitorRules,
): Promise<readonly Block[]> {
  const reading = snapshot && (await readSnapshot(platform, snapshot, rules))
  return reading?.fetch === 'ok' ? reading.blocks : []
}

/** A snapshot read by rules, whatever the rules were when it was made. */
export async function readSnapshot(platform: Platform, snapshot: SnapshotRow, rules: MonitorRules): Promise<Reading> {
  const { url, status, contentType, object } = snapshot
  const body = await getBody(platform.archive, object)
  if (!body) throw notFound('snapshot')
  const headers: [string, string][] = contentType === null ? [] : [['content-type', contentType]]
  return readSafely({ url, status, headers, body }, rules)
}
