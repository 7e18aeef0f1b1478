import type { ChannelConfigs } from '../../contracts/api/channel.ts'
import { type Consequence, consequence } from '../../domain/delivery/attempt.ts'
import { quietUntil } from '../../domain/delivery/quiet-hours.ts'
import { noteFailure, noteSuccess } from '../../storage/postgres/channels.ts'
import { type Database, inTransaction } from '../../storage/postgres/database.ts'
import {
  type Settlement,
  buryDeliveries,
  findEvent,
  leaseDelivery,
  lockChannelOf,
  nextDue,
  postponeDelivery,
  settleDelivery,
} from '../../storage/postgres/deliveries.ts'
import type { ChannelRow, DeliveryRow, EventRow } from '../../storage/postgres/delivery-tables.ts'
import type { Platform } from '../platform.ts'
import { compose } from './compose.ts'
import { shutDown, tellOwners } from './disable.ts'
import { type Sent, send } from './send.ts'
import { sendSoon } from './send-soon.ts'

/** Longer than an attempt by HTTP; a letter may take as long itself, and a list has several. */
const LEASE_MS = 30_000
/** A receiver that is well gets two at a time; one that is not, one. So it can hold up little but itself. */
const CONCURRENCY = 2
/** Waits up to this long are left to the queue; the cron sweep sees to longer ones. */
const QUEUED_WAIT_MS = 15 * 60_000
const KEPT_ATTEMPTS = 20

interface Held {
  leaseId: string
  channel: ChannelRow
  delivery: DeliveryRow
}

/**
 * Makes one attempt at a delivery that is due. Whatever calls it, and however often: the row decides. Killed at any moment,
 * the lease runs out and the sweep has it tried again, under the same webhook-id.
 */
export async function deliver(platform: Platform, deliveryId: string): Promise<void> {
  const held = await claim(platform, deliveryId)
  if (!held) return
  const event = await findEvent(await platform.database(), held.delivery.eventId)
  if (!event) return
  await settle(platform, held, await attempted(platform, held.channel, event))
}

/** What can't be put together, as when nothing opens its secrets any more, has failed like what can't be sent. */
async function attempted(platform: Platform, channel: ChannelRow, event: EventRow): Promise<Sent> {
  const composed = await compose(platform, channel, event).catch((error: unknown) => error as Error)
  if (!(composed instanceof Error)) return send(platform, composed)
  const detail = `The message could not be made: ${composed.message}`
  return {
    answer: { kind: 'fault', detail },
    attempt: { at: platform.now().toISOString(), error: detail, durationMs: 0 },
  }
}

/** What is still leased then was interrupted, and is tried again. */
function leaseMs({ type, config }: ChannelRow): number {
  const letters = type === 'email' ? (config as ChannelConfigs['email']).to.length : 0
  return LEASE_MS * (letters + 1)
}

async function claim(platform: Platform, deliveryId: string): Promise<Held | undefined> {
  const leaseId = crypto.randomUUID()
  return inTransaction(await platform.database(), async (tx) => {
    const channel = await lockChannelOf(tx, deliveryId)
    if (!channel || !channel.enabled) return undefined
    if (channel.disabledAt !== null) {
      await buryDeliveries(tx, channel.id)
      return undefined
    }
    const until = restUntil(channel, platform.now())
    if (until) {
      await postponeDelivery(tx, deliveryId, until)
      return undefined
    }
    const concurrency = channel.failingSince === null && channel.slowDowns === 0 ? CONCURRENCY : 1
    const claimed = { deliveryId, channelId: channel.id, leaseId, leaseMs: leaseMs(channel), concurrency }
    const delivery = await leaseDelivery(tx, claimed)
    return delivery && { leaseId, channel, delivery }
  })
}

/** Quiet hours of its owner, or rest that the receiver has asked for. */
function restUntil({ quiet, holdUntil }: ChannelRow, now: Date): Date | undefined {
  const quietEnd = quiet && quietUntil(quiet, now.getTime())
  if (quietEnd) return new Date(quietEnd)
  return holdUntil !== null && holdUntil > now ? holdUntil : undefined
}

async function settle(platform: Platform, { leaseId, channel, delivery }: Held, sent: Sent): Promise<void> {
  const db = await platform.database()
  const settled = await inTransaction(db, async (tx) => {
    // As it is now: other deliveries have been settled meanwhile.
    const current = await lockChannelOf(tx, delivery.id)
    if (!current) return undefined
    const follows = judge(platform, current, delivery, sent)
    const isOurs = await settleDelivery(tx, settlement(leaseId, delivery, sent, follows))
    return isOurs ? { follows, announced: await tellChannel(tx, current, follows) } : undefined
  })
  if (!settled) return
  const { follows, announced } = settled
  await sendSoon(platform, announced)
  if (follows.kind === 'dead' && follows.disable) await tellOwners(platform, channel, follows.disable)
  await goOn(platform, delivery, follows)
}

function judge(platform: Platform, channel: ChannelRow, delivery: DeliveryRow, { answer }: Sent): Consequence {
  const { failingSince, slowDowns } = channel
  return consequence(answer, {
    tries: delivery.tries + 1,
    slowDowns,
    failingForMs: failingSince === null ? 0 : platform.now().getTime() - failingSince.getTime(),
    chance: Math.random(),
    clockSpeed: platform.clockSpeed,
  })
}

function settlement(leaseId: string, delivery: DeliveryRow, { attempt }: Sent, follows: Consequence): Settlement {
  const attempts = [...delivery.attempts, attempt].slice(-KEPT_ATTEMPTS)
  const status = follows.kind === 'again' ? 'failed' : follows.kind
  const againAfterMs = follows.kind === 'again' ? follows.afterMs : null
  return { deliveryId: delivery.id, leaseId, status, attempts, againAfterMs }
}

/** What the attempt says of the channel; returns what is announced of it. */
async function tellChannel(tx: Database, channel: ChannelRow, follows: Consequence): Promise<string[]> {
  if (follows.kind === 'delivered') {
    if (channel.failingSince !== null || channel.slowDowns > 0) await noteSuccess(tx, channel.id)
    return []
  }
  await noteFailure(tx, channel.id, follows.kind === 'again' ? follows.holdMs : undefined)
  if (follows.kind === 'again' || !follows.disable) return []
  return shutDown(tx, channel, follows.disable)
}

/** Whoever has settled one looks for the next: a channel is never without its turn, and never takes another's. */
async function goOn(platform: Platform, { id, channelId }: DeliveryRow, follows: Consequence): Promise<void> {
  if (follows.kind === 'again' && follows.afterMs <= QUEUED_WAIT_MS)
    await platform.queueDeliveries([id], Math.ceil(follows.afterMs / 1_000))
  if (follows.kind === 'again' && follows.holdMs !== undefined) return
  await sendSoon(platform, await nextDue(await platform.database(), channelId, 1))
}
