import type { DeliverJob } from '../../src/contracts/jobs.ts'
import { deliver } from '../../src/flows/delivery/deliver.ts'
import type { Platform } from '../../src/flows/platform.ts'
import { toldFault } from '../../src/storage/postgres/told-fault.ts'
import { log } from '../log.ts'

/** A queue has few places (8 on one's own machine): a receiver that hangs gives its place back after this. */
const PATIENCE_MS = 2_000

export function handleDeliver(platform: Platform, job: DeliverJob, context: ExecutionContext): Promise<void> {
  return deliver(platform, job.deliveryId, async (attempt) => {
    // The queue does not wait for this (queue_consumer_no_wait_for_wait_until). Lost, the delivery is found by the sweep.
    context.waitUntil(
      attempt.catch((error: unknown) => log('error', 'attempt failed', { ...job, ...toldFault(error) })),
    )
    let timer: ReturnType<typeof setTimeout> | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS)
    })
    await Promise.race([attempt, patience])
    clearTimeout(timer)
  })
}
