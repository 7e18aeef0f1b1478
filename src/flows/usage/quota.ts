import { monthOf } from '../../domain/limits/month.ts'
import { usageSince } from '../../storage/postgres/usage.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'

export type Quoted = 'pages' | 'renders' | 'checks'

/** A month's worth for each workspace; 0: no limit. */
export type Quotas = Readonly<Record<Quoted, number>>

/**
 * Refuses what would use up more than a month's quota. It is asked before work is taken on: what has begun goes on, so
 * a crawl that was accepted with one page left still records all that it may.
 */
export async function requireQuota(platform: Platform, workspaceId: string, what: Quoted, wanted = 1): Promise<void> {
  const limit = platform.quotas[what]
  if (limit === 0) return
  const now = platform.now()
  const { firstDay, endsAt } = monthOf(now)
  const used = (await usageSince(await platform.database(), firstDay, workspaceId))[what]
  if (used + wanted <= limit) return
  const left = Math.max(0, limit - used)
  const detail = `This workspace may have ${limit} ${what} a month; ${left} are left, and this takes ${wanted} at least. A new month begins at ${endsAt.toISOString()}.`
  const seconds = Math.ceil((endsAt.getTime() - now.getTime()) / 1_000)
  throw new Refusal(429, 'quota_exceeded', detail, { headers: { 'retry-after': String(seconds) } })
}
