import { counted } from '../../domain/counted.ts'
import { timingSafeEqual } from 'node:crypto'
import { atom } from '../../domain/feed/atom.ts'
import { type ChangeFilter, listChanges } from '../../storage/postgres/monitor-history.ts'
import type { ChangeRow, MonitorRow } from '../../storage/postgres/monitor-tables.ts'
import { findAnyMonitor } from '../../storage/postgres/monitors.ts'
import type { Platform } from '../platform.ts'
import { notFound } from '../problem.ts'
import { excerptOf } from './excerpt.ts'

const MOST_ENTRIES = 50

type Filter = Pick<ChangeFilter, 'acknowledged'>

/** A monitor's changes as Atom, for whoever has its token. A wrong one leads to what is not there. */
export async function monitorFeed(platform: Platform, id: string, token: string, filter: Filter): Promise<string> {
  const monitor = await findAnyMonitor(await platform.database(), id)
  if (!monitor || !isSame(monitor.feedToken, token)) throw notFound('monitor')
  return feedOf(platform, monitor, filter)
}

/** The same, for a monitor that is known to be the caller's. */
export async function feedOf(platform: Platform, monitor: MonitorRow, { acknowledged }: Filter): Promise<string> {
  const wanted = { monitorId: monitor.id, acknowledged, limit: MOST_ENTRIES }
  const changes = await listChanges(await platform.database(), monitor.workspaceId, wanted)
  return atom({
    id: `urn:uuid:${monitor.id}`,
    title: monitor.name,
    self: `${platform.publicUrl}/v1/monitors/${monitor.id}/feed.atom?token=${monitor.feedToken}`,
    updated: changes[0]?.at ?? monitor.createdAt,
    entries: changes.map((change) => ({
      id: `urn:uuid:${change.id}`,
      title: titleOf(monitor, change),
      link: monitor.url,
      updated: change.at,
      summary: excerptOf(change.diff),
    })),
  })
}

function titleOf({ name }: MonitorRow, { summary, diff: { pages } }: ChangeRow): string {
  if (pages) return `${name}: ${counted(pages.new, 'page')} new, ${pages.changed} changed, ${pages.removed} removed`
  return `${name}: ${counted(summary.added, 'word')} added, ${summary.removed} removed`
}

function isSame(token: string, given: string): boolean {
  const [one, other] = [new TextEncoder().encode(token), new TextEncoder().encode(given)]
  return one.byteLength === other.byteLength && timingSafeEqual(one, other)
}
