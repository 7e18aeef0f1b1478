import { dropOldCaptures } from '../../src/flows/capture/drop-old-captures.ts'
import { resumeUnseeded } from '../../src/flows/crawl/manage-crawls.ts'
import { sendDigests } from '../../src/flows/delivery/send-digests.ts'
import { dropOldDeliveries, sweepDeliveries } from '../../src/flows/delivery/sweep-deliveries.ts'
import { dropOldEvents } from '../../src/flows/identity/audit.ts'
import { dropOldAnswers } from '../../src/flows/identity/idempotency.ts'
import { dropOldInvitations } from '../../src/flows/identity/manage-invitations.ts'
import { dropOldSessions } from '../../src/flows/identity/session.ts'
import { dropOldChecks } from '../../src/flows/monitor/drop-old-checks.ts'
import { sealAnew } from '../../src/flows/secrets/seal-anew.ts'
import { dropUnusedLooks } from '../../src/flows/monitor/site/drop-looks.ts'
import { shareBudgets } from '../../src/flows/monitor/share-budgets.ts'
import { tellLate } from '../../src/flows/monitor/tell-late.ts'
import type { Platform } from '../../src/flows/platform.ts'
import { log } from '../log.ts'

export async function sweep(platform: Platform): Promise<void> {
  const resumed = await resumeUnseeded(platform)
  if (resumed > 0) log('warn', 'resumed crawls whose start was cut short', { resumed })
  await sendDigests(platform)
  await sweepDeliveries(platform)
  await dropOldDeliveries(platform)
  await dropOldAnswers(platform)
  await dropOldSessions(platform)
  await dropOldInvitations(platform)
  await dropOldEvents(platform)
  await dropOldChecks(platform)
  await dropUnusedLooks(platform)
  await shareBudgets(platform)
  const late = await tellLate(platform)
  if (late > 0) log('warn', 'checks are late', { late })
  await dropOldCaptures(platform)
  await giveUpOlderKeys(platform)
}

async function giveUpOlderKeys(platform: Platform): Promise<void> {
  const { sealed, unopened } = await sealAnew(platform)
  if (sealed > 0) log('info', 'sealed secrets anew with the current key', { sealed })
  if (unopened > 0)
    log('warn', 'secrets that no key opens: give the older one in LAPIS_ENCRYPTION_SECRET ("new,old")', { unopened })
}
