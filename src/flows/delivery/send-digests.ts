import { type Gathered, MOST_IN_DIGEST, digestOf } from '../../domain/delivery/digest.ts'
import { changeChannel } from '../../storage/postgres/channels.ts'
import { type Database, inTransaction } from '../../storage/postgres/database.ts'
import type { EventRow } from '../../storage/postgres/delivery-tables.ts'
import { lockDueDigest, takeEntries } from '../../storage/postgres/digests.ts'
import { announce } from '../../storage/postgres/outbox.ts'
import type { Platform } from '../platform.ts'
import { digestPlan } from './digest-plan.ts'
import { sendSoon } from './send-soon.ts'

/** Of one round of the cron trigger; the next one goes on. */
const MOST_PER_ROUND = 200

/** Makes the digests that are due. Returns how many were sent. */
export async function sendDigests(platform: Platform): Promise<number> {
  const db = await platform.database()
  let sent = 0
  for (let round = 0; round < MOST_PER_ROUND; round++) {
    const deliveries = await inTransaction(db, (tx) => sendOne(platform, tx))
    if (!deliveries) return sent
    if (deliveries.length > 0) sent += 1
    await sendSoon(platform, deliveries)
  }
  return sent
}

/** What was gathered leaves, and the digest of it is in the outbox, in one transaction. undefined: no channel is due. */
async function sendOne(platform: Platform, tx: Database): Promise<string[] | undefined> {
  const channel = await lockDueDigest(tx, platform.now())
  if (!channel) return undefined
  const { taken, left } = await takeEntries(tx, channel.id, MOST_IN_DIGEST)
  // With something left, the channel stays due.
  if (left === 0) await changeChannel(tx, channel.id, digestPlan(platform, channel.id, channel.digest))
  if (taken.length === 0) return []
  return announce(tx, {
    workspaceId: channel.workspaceId,
    type: 'monitor.digest',
    subjectId: channel.id,
    data: digestOf(channel, taken.map(gathered), left),
    channelIds: [channel.id],
  })
}

/** Written by `announce`, which gathers nothing but what monitors find. */
function gathered({ id, at, type, data }: EventRow): Gathered {
  return { id, at: at.toISOString(), type, data } as unknown as Gathered
}
