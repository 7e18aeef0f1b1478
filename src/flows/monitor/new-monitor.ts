import { randomBytes } from 'node:crypto'
import type { CreateMonitor } from '../../contracts/api/monitor.ts'
import { withoutSecrets } from '../../domain/fetch/credentials.ts'
import { durationMs } from '../../domain/monitor/schedule/duration.ts'
import { nextOpening } from '../../domain/monitor/schedule/windows.ts'
import type { MonitorRow } from '../../storage/postgres/monitor-tables.ts'
import type { NewMonitor } from '../../storage/postgres/monitors.ts'
import type { Platform } from '../platform.ts'
import { sealMonitor } from '../secrets/monitor-credentials.ts'

const FEED_TOKEN_BYTES = 24

/** The row of a monitor that was accepted: its URL is canonical, its secrets are still in its options. */
export async function newMonitorRow(
  platform: Platform,
  { id, workspaceId }: { id: string; workspaceId: string },
  order: CreateMonitor,
): Promise<NewMonitor & Pick<MonitorRow, 'nextCheckAt'>> {
  const now = platform.now()
  const { scrapeOptions, ...rest } = order
  return {
    id,
    workspaceId,
    name: order.name,
    url: order.url,
    options: { ...rest, ...(scrapeOptions && { scrapeOptions: withoutSecrets(scrapeOptions) }) },
    sealed: await sealMonitor(platform, id, scrapeOptions),
    tags: order.tags,
    enabled: order.enabled,
    suggestedMasks: [],
    history: [],
    ...firstCheck(order, now),
    expectedDelayMs: 0,
    isFailing: false,
    failures: 0,
    lateMs: 0,
    ...lateness(order, platform.clockSpeed),
    feedToken: randomBytes(FEED_TOKEN_BYTES).toString('base64url'),
    createdAt: now,
    updatedAt: now,
  }
}

/** From how late on a check is told of; nothing has been told yet. */
function lateness(
  { alertWhenLate }: CreateMonitor,
  clockSpeed: number,
): Pick<MonitorRow, 'lateAfterMs' | 'lateToldAt'> {
  const lateAfterMs = alertWhenLate === undefined ? null : Math.round((durationMs(alertWhenLate) ?? 0) / clockSpeed)
  return { lateAfterMs, lateToldAt: null }
}

/** When a monitor that is new, resumed or changed is looked at. */
export function firstCheck(
  { enabled, windows }: Pick<CreateMonitor, 'enabled' | 'windows'>,
  now: Date,
): Pick<MonitorRow, 'nextCheckAt' | 'nextCheckWhy'> {
  if (!enabled) return { nextCheckAt: null, nextCheckWhy: 'paused' }
  return { nextCheckAt: new Date(nextOpening(windows, now.getTime())), nextCheckWhy: 'to see what there is to watch' }
}
