import { allDue, dropEventsBefore } from '../../storage/postgres/deliveries.ts'
import type { Platform } from '../platform.ts'

/** How long what has happened can be looked up and sent once more. */
const KEPT_DAYS = 30
/** The others follow: whoever settles one queues the next. */
const PER_CHANNEL = 2

/** Queues what is due: after a long wait, or because its message was lost. Returns how many. */
export async function sweepDeliveries(platform: Platform): Promise<number> {
  const due = await allDue(await platform.database(), PER_CHANNEL)
  await platform.queueDeliveries(due)
  return due.length
}

export async function dropOldDeliveries(platform: Platform): Promise<void> {
  await dropEventsBefore(await platform.database(), KEPT_DAYS)
}
