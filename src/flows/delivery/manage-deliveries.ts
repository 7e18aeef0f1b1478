import type { Delivery, Redeliver } from '../../contracts/api/delivery.ts'
import { lockAnyChannel, lockChannel } from '../../storage/postgres/channels.ts'
import {
  type DeliveryFilter,
  type DeliveryView,
  findDelivery,
  listDeliveries,
  nextDue,
  reviveDeliveries,
  reviveDelivery,
} from '../../storage/postgres/deliveries.ts'
import type { ChannelRow } from '../../storage/postgres/delivery-tables.ts'
import { deedOf, recorded } from '../identity/audit.ts'
import type { Caller } from '../identity/authenticate.ts'
import type { Platform } from '../platform.ts'
import { Refusal, notFound, refuseFaults } from '../problem.ts'
import { sendSoon } from './send-soon.ts'

/** The first of many; whoever settles one queues the next. */
const QUEUED_AT_ONCE = 2

export async function showDelivery(platform: Platform, workspaceId: string, id: string): Promise<Delivery> {
  const row = await findDelivery(await platform.database(), workspaceId, id)
  if (!row) throw notFound('delivery')
  return shown(row)
}

export async function showDeliveries(
  platform: Platform,
  workspaceId: string,
  page: { before?: string; limit: number } & DeliveryFilter,
): Promise<{ deliveries: Delivery[]; more: boolean }> {
  const rows = await listDeliveries(await platform.database(), workspaceId, { ...page, limit: page.limit + 1 })
  return { deliveries: rows.slice(0, page.limit).map(shown), more: rows.length > page.limit }
}

/** Sends one once more, whatever became of it, under the same webhook-id. */
export async function redeliver(platform: Platform, caller: Caller, id: string): Promise<Delivery> {
  const { channelId } = await showDelivery(platform, caller.workspaceId, id)
  const deed = deedOf(caller, 'delivery.redelivered', { kind: 'delivery', id })
  await recorded(await platform.database(), deed, async (tx) => {
    refuseUnused(await lockAnyChannel(tx, channelId))
    await reviveDelivery(tx, id)
  })
  await sendSoon(platform, [id])
  return showDelivery(platform, caller.workspaceId, id)
}

/** All of a channel from a time on that failed: after it has been down for longer than the attempts last. */
export async function redeliverRange(platform: Platform, caller: Caller, range: Redeliver): Promise<number> {
  const { channelId, status } = range
  const [since, until] = [new Date(range.since), range.until === undefined ? platform.now() : new Date(range.until)]
  if (since >= until)
    refuseFaults([{ path: 'since', message: `must be before ${range.until === undefined ? 'now' : '`until`'}` }])
  const deed = deedOf(caller, 'channel.redelivered', { kind: 'channel', id: channelId })
  const db = await platform.database()
  const revived = await recorded(db, deed, async (tx) => {
    refuseUnused(await lockChannel(tx, caller.workspaceId, channelId))
    return reviveDeliveries(tx, { channelId, since, until, status })
  })
  await sendSoon(platform, await nextDue(db, channelId, QUEUED_AT_ONCE))
  return revived.length
}

function refuseUnused(channel: ChannelRow | undefined): void {
  if (!channel) throw notFound('channel')
  if (!channel.enabled || channel.disabledAt !== null)
    throw new Refusal(409, 'channel_disabled', 'The channel is not in use. Enable it first.')
}

function shown(row: DeliveryView): Delivery {
  const { id, eventId, eventType, channelId, status, attempts } = row
  const nextAttemptAt = row.nextAttemptAt?.toISOString() ?? null
  return { id, eventId, eventType, channelId, status, attempts, nextAttemptAt, createdAt: row.createdAt.toISOString() }
}
