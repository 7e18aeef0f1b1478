import type { CheckJob } from '../../src/contracts/jobs.ts'
import { check } from '../../src/flows/monitor/check.ts'
import { claimWoken } from '../../src/flows/monitor/claim.ts'
import type { Platform } from '../../src/flows/platform.ts'

export async function handleCheck(platform: Platform, job: CheckJob): Promise<void> {
  switch (job.kind) {
    case 'check':
      return check(platform, { monitorId: job.monitorId, claimId: job.claimId })
    case 'wake': {
      const claim = await claimWoken(platform, job.monitorId)
      return claim && check(platform, claim)
    }
  }
}
