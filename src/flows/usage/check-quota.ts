import { type MonitorClaim, postponeCheck, workspaceOfMonitor } from '../../storage/postgres/monitor-claims.ts'
import type { Platform } from '../platform.ts'
import { usedUpUntil } from './quota.ts'

/** An operator who raises a quota need not wait for the new month. */
const ASK_AGAIN_MS = 6 * 60 * 60_000

/** Puts off a check of a workspace whose checks of the month are used up; says whether it did. */
export async function postponedByQuota(platform: Platform, claim: MonitorClaim): Promise<boolean> {
  if (platform.quotas.checks === 0) return false
  const db = await platform.database()
  const workspaceId = await workspaceOfMonitor(db, claim.monitorId)
  const until = workspaceId === undefined ? undefined : await usedUpUntil(platform, workspaceId, 'checks')
  if (!until) return false
  const again = new Date(Math.min(until.getTime(), platform.now().getTime() + ASK_AGAIN_MS))
  await postponeCheck(db, claim, { at: again, why: "this month's checks are used up" })
  return true
}
