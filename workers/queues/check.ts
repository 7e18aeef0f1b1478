import type { CheckJob } from '../../src/contracts/jobs.ts'
import { check } from '../../src/flows/monitor/check.ts'
import { claimWoken } from '../../src/flows/monitor/claim.ts'
import { postponedByQuota } from '../../src/flows/usage/check-quota.ts'
import type { Platform } from '../../src/flows/platform.ts'

export async function handleCheck(platform: Platform, job: CheckJob): Promise<void> {
  const claim = await claimOf(platform, job)
  if (!claim || (await postponedByQuota(platform, claim))) return
  return check(platform, claim)
}

async function claimOf(platform: Platform, job: CheckJob) {
  switch (job.kind) {
    case 'check':
      return { monitorId: job.monitorId, claimId: job.claimId }
    case 'wake':
      return claimWoken(platform, job.monitorId)
  }
}
