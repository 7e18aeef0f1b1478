import { claimDueMonitors } from '../../src/flows/monitor/claim.ts'
import type { Platform } from '../../src/flows/platform.ts'
import { toldFault } from '../../src/storage/postgres/told-fault.ts'
import { log } from '../log.ts'

/** What goes wrong here must not keep the sweep from its work. */
export async function checkDueMonitors(platform: Platform): Promise<void> {
  try {
    const claimed = await claimDueMonitors(platform)
    if (claimed > 0) log('info', 'monitors are due', { claimed })
  } catch (error) {
    log('error', 'due monitors were not claimed', toldFault(error))
  }
}
