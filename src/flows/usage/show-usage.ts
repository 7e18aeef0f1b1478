import type { Usage } from '../../contracts/api/usage.ts'
import { monthOf } from '../../domain/limits/month.ts'
import { usageByDay, usageSince } from '../../storage/postgres/usage.ts'
import type { Platform } from '../platform.ts'
import type { Quoted } from './quota.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const NOTHING = { pages: 0, renders: 0, bytes: 0, checks: 0, deliveries: 0 }

/** What a workspace used on each of the last days, oldest first, also days without anything; and of its month's quotas. */
export async function showUsage(platform: Platform, workspaceId: string, days: number): Promise<Usage> {
  const now = platform.now().getTime()
  // UTC has no days of other lengths.
  const today = now - (now % DAY_MS)
  const dates = Array.from({ length: days }, (_, i) => dateOf(today - (days - 1 - i) * DAY_MS))
  const used = await usageByDay(await platform.database(), workspaceId, dateOf(today - (days - 1) * DAY_MS))
  const byDate = new Map(used.map((day) => [day.date, day]))
  return {
    data: dates.map((date) => byDate.get(date) ?? { date, ...NOTHING }),
    quotas: await showQuotas(platform, workspaceId),
  }
}

async function showQuotas(platform: Platform, workspaceId: string): Promise<Usage['quotas']> {
  const { firstDay, endsAt } = monthOf(platform.now())
  const used = await usageSince(await platform.database(), firstDay, workspaceId)
  const quota = (what: Quoted) => ({
    limit: platform.quotas[what] || null,
    used: used[what],
    resetsAt: endsAt.toISOString(),
  })
  return { pages: quota('pages'), renders: quota('renders'), checks: quota('checks') }
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
