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
import { toldFault } from '../../src/storage/postgres/told-fault.ts'
import { log } from '../log.ts'

type Duty = (platform: Platform) => Promise<unknown>

/** In this order: first what somebody waits for. */
const DUTIES: Readonly<Record<string, Duty>> = {
  resumeCrawls,
  sendDigests,
  sweepDeliveries,
  tellOfLateChecks,
  shareBudgets,
  dropOldDeliveries,
  dropOldAnswers,
  dropOldSessions,
  dropOldInvitations,
  dropOldEvents,
  dropOldChecks,
  dropUnusedLooks,
  dropOldCaptures,
  giveUpOlderKeys,
}

/** Does them all. One that fails keeps none of the others from being done, and is tried again a minute later. */
export async function sweep(platform: Platform): Promise<void> {
  for (const [duty, act] of Object.entries(DUTIES)) {
    try {
      await act(platform)
    } catch (error) {
      log('error', 'a duty of the sweep failed', { duty, ...toldFault(error) })
    }
  }
}

async function resumeCrawls(platform: Platform): Promise<void> {
  const resumed = await resumeUnseeded(platform)
  if (resumed > 0) log('warn', 'resumed crawls whose start was cut short', { resumed })
}

async function tellOfLateChecks(platform: Platform): Promise<void> {
  const late = await tellLate(platform)
  if (late > 0) log('warn', 'checks are late', { late })
}

async function giveUpOlderKeys(platform: Platform): Promise<void> {
  const { sealed, unopened } = await sealAnew(platform)
  if (sealed > 0) log('info', 'sealed secrets anew with the current key', { sealed })
  if (unopened > 0)
    log('warn', 'secrets that no key opens: give the older one in LAPIS_ENCRYPTION_SECRET ("new,old")', { unopened })
}
