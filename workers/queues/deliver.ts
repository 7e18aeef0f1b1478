import type { DeliverJob } from '../../src/contracts/jobs.ts'
import { deliver } from '../../src/flows/delivery/deliver.ts'
import type { Platform } from '../../src/flows/platform.ts'

export function handleDeliver(platform: Platform, job: DeliverJob): Promise<void> {
  return deliver(platform, job.deliveryId)
}
