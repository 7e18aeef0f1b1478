import type { MonitorLateNews } from '../../domain/delivery/outgoing-event.ts'
import { inTransaction } from '../../storage/postgres/database.ts'
import { takeLate } from '../../storage/postgres/late-monitors.ts'
import type { MonitorRow } from '../../storage/postgres/monitor-tables.ts'
import { announce } from '../../storage/postgres/outbox.ts'
import { sendSoon } from '../delivery/send-soon.ts'
import type { Platform } from '../platform.ts'
import { settingsInForce } from './settings-in-force.ts'

/** Of one round of the cron trigger: should all of them be late, it takes several. */
const MOST_PER_ROUND = 100

/** Tells of checks that are overdue for longer than their monitors' `alertWhenLate`. Returns how many. */
export async function tellLate(platform: Platform): Promise<number> {
  const db = await platform.database()
  const now = platform.now()
  const { count, deliveries } = await inTransaction(db, async (tx) => {
    const late = await takeLate(tx, now, MOST_PER_ROUND)
    const announced: string[] = []
    for (const monitor of late) {
      const { channels, isMuted } = await settingsInForce({ ...platform, database: () => Promise.resolve(tx) }, monitor)
      const { workspaceId, id } = monitor
      const data = newsOf(monitor, now)
      if (!isMuted)
        announced.push(
          ...(await announce(tx, { workspaceId, type: 'monitor.late', subjectId: id, data, channelIds: channels })),
        )
    }
    return { count: late.length, deliveries: announced }
  })
  await sendSoon(platform, deliveries)
  return count
}

function newsOf({ id, name, url, nextCheckAt }: MonitorRow, now: Date): MonitorLateNews {
  const dueAt = nextCheckAt ?? now
  return {
    monitorId: id,
    monitor: { name, url },
    dueAt: dueAt.toISOString(),
    lateMs: now.getTime() - dueAt.getTime(),
  }
}
