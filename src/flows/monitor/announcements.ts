import type { EventType } from '../../contracts/api/event-type.ts'
import type {
  MonitorChangedNews,
  MonitorFailingNews,
  MonitorRecoveredNews,
} from '../../domain/delivery/outgoing-event.ts'
import type { InForce } from '../../domain/monitor/cascade.ts'
import type { AlertKind, Decision } from '../../domain/monitor/verdict/decision.ts'
import type { ChangeRow, MonitorRow } from '../../storage/postgres/monitor-tables.ts'
import type { Announcement } from '../../storage/postgres/outbox.ts'
import { excerptOf } from './excerpt.ts'

/** Blocks told with a change; all of them are at its `diffUrl`. */
const MOST_BLOCKS = 50
const MOST_PAGES = 50

const EVENT_OF: Readonly<Record<AlertKind, EventType>> = {
  changed: 'monitor.changed',
  failing: 'monitor.failing',
  reminder: 'monitor.failing',
  recovered: 'monitor.recovered',
}

/** Who is told: see docs/monitors.md. */
export type Audience = Pick<InForce, 'channels' | 'isMuted'>

export interface Told {
  to: Audience
  monitor: MonitorRow
  decision: Decision
  change?: ChangeRow | undefined
  at: Date
}

/** What a check tells the monitor's channels. */
export function announcementsOf(told: Told): Announcement[] {
  const { monitor, decision, to } = told
  if (to.isMuted) return []
  return decision.alerts.flatMap((alert) => {
    const news = newsOf(alert, told)
    if (!news) return []
    const { workspaceId, id } = monitor
    return [{ workspaceId, type: EVENT_OF[alert], subjectId: id, data: news, channelIds: to.channels }]
  })
}

function newsOf(
  alert: AlertKind,
  told: Told,
): MonitorChangedNews | MonitorFailingNews | MonitorRecoveredNews | undefined {
  const { monitor, decision, change, at } = told
  const named = { monitorId: monitor.id, monitor: { name: monitor.name, url: monitor.url }, tags: monitor.tags }
  const since = (monitor.failingSince ?? at).toISOString()
  if (alert === 'changed')
    return change && { ...named, change: toldChange(change), reason: sentence(decision), ...toldPages(change) }
  if (alert === 'recovered') return { ...named, since }
  const error = { code: decision.reason, detail: sentence(decision) }
  return { ...named, failures: decision.memory.failures.count, since, error, reminder: alert === 'reminder' }
}

function sentence({ reasons, reason }: Decision): string {
  return reasons[0]?.detail ?? reason
}

/** Of a site. */
function toldPages({ diff: { pages } }: ChangeRow): Pick<MonitorChangedNews, 'pages'> {
  if (!pages) return {}
  const { new: added, changed, removed, list } = pages
  return { pages: { new: added, changed, removed, list: list.slice(0, MOST_PAGES) } }
}

function toldChange({ id, at, diff }: ChangeRow): MonitorChangedNews['change'] & { fields: unknown; blocks: unknown } {
  const { blocks, fields, summary } = diff
  return {
    id,
    at: at.toISOString(),
    summary,
    diffUrl: `/v1/changes/${id}`,
    excerpt: excerptOf(diff),
    fields,
    blocks: blocks.slice(0, MOST_BLOCKS).map(({ kind, key, under }) => ({ kind, key, under })),
  }
}
