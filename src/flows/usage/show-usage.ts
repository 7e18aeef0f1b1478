import type { Usage } from '../../contracts/api/usage.ts'
import { deliveriesByDay, usageByDay } from '../../storage/postgres/usage.ts'
import type { Platform } from '../platform.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

/** What a workspace used on each of the last days, oldest first; also days without anything. */
export async function showUsage(platform: Platform, workspaceId: string, days: number): Promise<Usage> {
  const now = platform.now().getTime()
  // UTC has no days of other lengths.
  const today = now - (now % DAY_MS)
  const first = today - (days - 1) * DAY_MS
  const db = await platform.database()
  const used = await usageByDay(db, workspaceId, new Date(first))
  const sent = await deliveriesByDay(db, workspaceId, new Date(first))
  const byDate = new Map(used.map((day) => [day.date, day]))
  const dates = Array.from({ length: days }, (_, i) => new Date(first + i * DAY_MS).toISOString().slice(0, 10))
  return {
    data: dates.map((date) => ({
      ...(byDate.get(date) ?? { date, pages: 0, renders: 0, bytes: 0 }),
      deliveries: sent.get(date) ?? 0,
    })),
  }
}
