import type { EventType } from '../../contracts/api/channel.ts'
import type { AlertKind, Decision } from '../../domain/monitor/verdict/decision.ts'
import type { ChangeRow, MonitorRow } from '../../storage/postgres/monitor-tables.ts'
import type { Announcement } from '../../storage/postgres/outbox.ts'

/** Blocks told with a change; all of them are at its `diffUrl`. */
const MOST_BLOCKS = 50
const MOST_CHARACTERS = 2_000

const EVENT_OF: Readonly<Record<AlertKind, EventType>> = {
  changed: 'monitor.changed',
  failing: 'monitor.failing',
  reminder: 'monitor.failing',
  recovered: 'monitor.recovered',
}

export interface Told {
  monitor: MonitorRow
  decision: Decision
  change?: ChangeRow | undefined
  at: Date
  publicUrl: string
}

/** What a check tells the monitor's channels. */
export function announcementsOf(told: Told): Announcement[] {
  const { monitor, decision } = told
  return decision.alerts.map((alert) => ({
    workspaceId: monitor.workspaceId,
    type: EVENT_OF[alert],
    subjectId: monitor.id,
    data: {
      monitor: { id: monitor.id, name: monitor.name, url: monitor.url, tags: monitor.tags },
      at: told.at.toISOString(),
      reason: decision.reason,
      reasons: decision.reasons,
      ...(alert === 'changed' && { change: toldChange(told) }),
      ...((alert === 'failing' || alert === 'reminder') && {
        failures: decision.memory.failures.count,
        reminder: alert === 'reminder',
      }),
    },
    channelIds: monitor.options.channels,
  }))
}

function toldChange({ change, publicUrl }: Told): object | null {
  if (!change) return null
  const { blocks, fields, summary } = change.diff
  return {
    id: change.id,
    summary,
    fields,
    blocks: blocks.slice(0, MOST_BLOCKS).map(shortened),
    blocksInAll: blocks.length,
    diffUrl: `${publicUrl}/v1/changes/${change.id}`,
  }
}

function shortened(block: object): object {
  const parts = Object.entries(block).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' && value.length > MOST_CHARACTERS ? `${value.slice(0, MOST_CHARACTERS)}…` : value,
  ])
  return Object.fromEntries(parts.filter(([name]) => name !== 'words')) as object
}
